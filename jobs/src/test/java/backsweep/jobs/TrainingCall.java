package backsweep.jobs;

import backsweep.images.FileHash;
import backsweep.images.Hdf5ImageWriter;
import backsweep.images.ImageBlock;
import backsweep.images.ImageShape;
import backsweep.images.PixelEncoding;
import backsweep.images.Pixels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A call of {@code train} that takes seconds.
 *
 * @param training images to learn from
 */
record TrainingCall(Path training) {

  private static final ImageShape SHAPE = new ImageShape(16, 16, 3);
  private static final int CLASSES = 4;

  /** A call on images of noise, lighter from class to class, that are written now. */
  static TrainingCall withImages(Path training) {
    return new TrainingCall(images(training, 1, 1));
  }

  /** Writes blocks of such images. */
  static Path images(Path file, int blocks, int seed) {
    Random random = new Random(seed);
    List<ImageBlock> all = new ArrayList<>();
    for (int block = 0; block < blocks; block++) {
      all.add(block(block, random));
    }
    Hdf5ImageWriter.write(file, SHAPE, all.iterator());
    return file;
  }

  private static ImageBlock block(int index, Random random) {
    byte[] bytes = new byte[ImageBlock.IMAGES * SHAPE.values()];
    int[] labels = new int[ImageBlock.IMAGES];
    for (int i = 0; i < bytes.length; i++) {
      int image = i / SHAPE.values();
      labels[image] = image % CLASSES;
      bytes[i] = (byte) (random.nextInt(60) + 40 * labels[image]);
    }
    return new ImageBlock(index, new Pixels(SHAPE, PixelEncoding.UINT8, bytes), labels);
  }

  /** What a person would type behind the program's name; each network has a seed of its own. */
  List<String> into(Path output, String... networks) {
    String list =
        IntStream.range(0, networks.length)
            .mapToObj(i -> "{name=%s,attack=none,seed=%d}".formatted(networks[i], i + 1))
            .collect(Collectors.joining(",", "[", "]"));
    return List.of(
        "train",
        "--training=" + training,
        "--architecture=batch-normalized",
        "--set=networks=" + list,
        "--epochs=20",
        "--output=" + output);
  }

  /** The networks that are there, by their hashes. */
  static Map<String, String> networks(Path output) {
    Map<String, String> networks = new TreeMap<>();
    if (Files.exists(output)) {
      try (Stream<Path> files = Files.list(output)) {
        files
            .filter(file -> file.toString().endsWith(".h5"))
            .filter(file -> !file.getFileName().toString().startsWith("."))
            .forEach(file -> networks.put(file.getFileName().toString(), FileHash.sha256(file)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return networks;
  }
}
