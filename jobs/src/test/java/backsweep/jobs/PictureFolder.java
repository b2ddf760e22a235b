package backsweep.jobs;

import backsweep.images.Hdf5Images;
import backsweep.images.ImageBlock;
import backsweep.images.ImageShape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** The images of HDF5 files as folders of PNG files. */
final class PictureFolder {

  private PictureFolder() {}

  /** A subfolder for each label, and a list of classes that begins with the last by name. */
  static Path ofClasses(Path hdf5, int classes, Path folder) {
    write(hdf5, (label, image) -> "%s/%06d.png".formatted(name(label), image), folder);
    return lines(
        folder.resolve("classes.txt"),
        IntStream.range(0, classes).mapToObj(PictureFolder::name).toList());
  }

  private static String name(int label) {
    return "class-" + (char) ('z' - label);
  }

  /** All in one folder. */
  static Path flat(Path hdf5, Path folder) {
    write(hdf5, (label, image) -> "%06d.png".formatted(image), folder);
    return folder;
  }

  private static Path lines(Path file, List<String> lines) {
    try {
      Files.write(file, lines);
      return file.getParent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Namer {
    String name(int label, int image);
  }

  private static void write(Path hdf5, Namer namer, Path folder) {
    try (Hdf5Images images = Hdf5Images.open(hdf5)) {
      for (int index = 0; index < images.blocks(); index++) {
        ImageBlock block = images.block(index);
        byte[] bytes = block.pixels().bytes();
        for (int i = 0; i < block.images(); i++) {
          Path file = folder.resolve(namer.name(block.label(i), block.firstImage() + i));
          Files.createDirectories(file.getParent());
          BufferedImage picture = picture(bytes, i * images.shape().values(), images.shape());
          ImageIO.write(picture, "png", file.toFile());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BufferedImage picture(byte[] bytes, int first, ImageShape shape) {
    BufferedImage picture =
        new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < shape.positions(); i++) {
      int at = first + 3 * i;
      int rgb = ((bytes[at] & 0xff) << 16) | ((bytes[at + 1] & 0xff) << 8) | (bytes[at + 2] & 0xff);
      picture.setRGB(i % shape.width(), i / shape.width(), rgb);
    }
    return picture;
  }
}
