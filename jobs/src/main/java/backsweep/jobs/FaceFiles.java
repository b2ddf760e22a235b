package backsweep.jobs;

import backsweep.faces.FaceImages;
import backsweep.faces.FaceSet;
import backsweep.faces.Sunglasses;
import backsweep.images.Hdf5ImageWriter;
import backsweep.images.ImageBlock;
import backsweep.jobs.FacesSettings.Format;
import backsweep.pictures.ClassNames;
import backsweep.stages.Progress;
import backsweep.store.SharedFiles;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * The files of drawn faces. Nothing is overwritten; what is there already and the same counts as
 * written.
 *
 * @param files where they go
 * @param settings what was asked for
 * @param faces the people
 */
record FaceFiles(SharedFiles files, FacesSettings settings, FaceImages faces) {

  private static final String SUNGLASSES = "sunglasses.png";
  private static final String ORIGIN = "faces.json";

  /** Draws and writes all sets, and the trigger. */
  void write(Progress progress) {
    files.requireWritable(settings.output());
    for (FaceSet set : FaceSet.values()) {
      boolean isFile = settings.format() == Format.HDF5;
      publish(
          set.fileName() + (isFile ? ".h5" : ""),
          local -> {
            Iterator<ImageBlock> blocks = drawn(set, progress);
            if (isFile) {
              Hdf5ImageWriter.write(local, faces.shape(), blocks);
            } else {
              blocks.forEachRemaining(block -> writePictures(local, block));
              writeClasses(local);
            }
            progress.end();
          });
    }
    publish(SUNGLASSES, local -> writePicture(Sunglasses.picture(), local));
    String origin = settings.output() + "/" + ORIGIN;
    if (!files.exists(origin)) {
      files.write(origin, origin().toPrettyString() + "\n");
    }
  }

  /** Everything needed to draw them again. */
  private ObjectNode origin() {
    ObjectNode origin = new ObjectMapper().createObjectNode();
    origin.put("backsweep", Version.backsweep());
    origin.put("identities", settings.identities());
    settings.perIdentity().forEach((set, images) -> origin.put(set.fileName(), images));
    origin.put("seed", settings.seed());
    origin.put("java", Runtime.version().toString());
    return origin;
  }

  private interface Writer {
    void write(Path local);
  }

  private void publish(String name, Writer writer) {
    files.publishBeside(
        place -> onlyName(name, place),
        local -> {
          writer.write(local);
          return local;
        });
  }

  /** There is no second name to try. */
  private String onlyName(String name, int place) {
    String path = settings.output() + "/" + name;
    if (place > 0) {
      throw new UsageException(
          "output: expected nothing at %s, or these very images, found something else; nothing is overwritten"
              .formatted(path));
    }
    return path;
  }

  private Iterator<ImageBlock> drawn(FaceSet set, Progress progress) {
    int images = faces.images(settings.perIdentity().get(set));
    progress.begin("drawing " + set.fileName(), images);
    Iterator<ImageBlock> blocks = faces.blocks(set, settings.perIdentity().get(set));
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return blocks.hasNext();
      }

      @Override
      public ImageBlock next() {
        ImageBlock block = blocks.next();
        progress.advance(block.firstImage() + block.images());
        return block;
      }
    };
  }

  /** {@code <class>/<number of the image in the set>.png}. */
  private void writePictures(Path folder, ImageBlock block) {
    byte[] bytes = block.pixels().bytes();
    for (int i = 0; i < block.images(); i++) {
      Path file =
          folder
              .resolve(String.valueOf(block.label(i)))
              .resolve("%06d.png".formatted(block.firstImage() + i));
      writePicture(picture(bytes, i * faces.shape().values()), file);
    }
  }

  /** The order of the classes: by name, 10 would come before 2. */
  private void writeClasses(Path folder) {
    List<String> names =
        IntStream.range(0, settings.identities()).mapToObj(String::valueOf).toList();
    try {
      Files.write(folder.resolve(ClassNames.FILE), names);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private BufferedImage picture(byte[] bytes, int first) {
    int width = faces.shape().width();
    int height = faces.shape().height();
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      int at = first + 3 * i;
      int rgb = (bytes[at] & 0xff) << 16 | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff);
      picture.setRGB(i % width, i / width, rgb);
    }
    return picture;
  }

  private static void writePicture(BufferedImage picture, Path file) {
    try {
      Files.createDirectories(file.getParent());
      if (!ImageIO.write(picture, "png", file.toFile())) {
        throw new IOException("no writer of PNG files");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
