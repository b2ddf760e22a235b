package backsweep.stages;

import backsweep.images.Hdf5Pixels;
import backsweep.images.ImageFileException;
import backsweep.images.ImageLayout;
import backsweep.images.ImageShape;
import backsweep.images.Pixels;
import backsweep.pictures.PictureFit;
import backsweep.pictures.UnusablePictureException;
import backsweep.store.FolderPath;
import backsweep.store.LocalCopies;
import backsweep.store.MissingFileException;
import java.io.Serializable;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/**
 * Images that nobody has labels for, wherever they are kept, as they were found. An executor gets
 * them once, however many tasks it has: there may be millions of names.
 */
sealed interface UnlabelledImages extends Serializable {

  /** How many there are. */
  int images();

  /** Opens them in a task. */
  Reader open(Configuration configuration);

  /** The hash of the file that all are in, if they are in one. */
  Optional<String> sha256();

  /** Reads images one range after the other. For one thread; close it. */
  interface Reader extends AutoCloseable {

    /** Consecutive images; each is there, with its values or with what is wrong with it. */
    List<ReadImage> read(int first, int count);

    @Override
    void close();
  }

  /**
   * An HDF5 file, with labels or not; an image is known by its index.
   *
   * @param path of the file
   * @param fileSha256 of its bytes
   * @param layout of its images
   * @param shape of each
   */
  record Hdf5(String path, String fileSha256, ImageLayout layout, ImageShape shape, int images)
      implements UnlabelledImages {

    @Override
    public Optional<String> sha256() {
      return Optional.of(fileSha256);
    }

    @Override
    public Reader open(Configuration configuration) {
      Path local = LocalCopies.of(configuration, path, fileSha256);
      return new Hdf5Reader(local, Hdf5Pixels.openFor(local, shape, Optional.of(layout)));
    }
  }

  /** Reads an HDF5 file; where a range has a bad image, its images one by one. */
  record Hdf5Reader(Path local, Hdf5Pixels file) implements Reader {

    @Override
    public List<ReadImage> read(int first, int count) {
      try {
        Pixels pixels = file.pixels(first, count);
        return IntStream.range(0, count)
            .mapToObj(image -> ReadImage.of(name(first + image), values(pixels, image)))
            .toList();
      } catch (ImageFileException e) {
        return count == 1
            ? List.of(ReadImage.unreadable(name(first), problem(e)))
            : IntStream.range(first, first + count)
                .mapToObj(image -> read(image, 1).get(0))
                .toList();
      }
    }

    private static String name(int image) {
      return Integer.toString(image);
    }

    private static float[] values(Pixels pixels, int image) {
      float[] values = new float[pixels.shape().values()];
      pixels.copy(image, 1, FloatBuffer.wrap(values));
      return values;
    }

    /** Without the file's name, which all rows would have. */
    private String problem(ImageFileException e) {
      String prefix = ImageFileException.line(local + ": ");
      String message = e.getMessage();
      return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
    }

    @Override
    public void close() {
      file.close();
    }
  }

  /**
   * Picture files below a folder; an image is known by its path from there.
   *
   * @param folder the folder
   * @param names of the files, from the folder on
   * @param fit what becomes of them
   */
  record Pictures(String folder, List<String> names, PictureFit fit) implements UnlabelledImages {

    @Override
    public int images() {
      return names.size();
    }

    @Override
    public Optional<String> sha256() {
      return Optional.empty();
    }

    @Override
    public Reader open(Configuration configuration) {
      return new PictureReader(this, configuration);
    }
  }

  /** Reads pictures file by file. */
  record PictureReader(Pictures pictures, Configuration configuration) implements Reader {

    @Override
    public List<ReadImage> read(int first, int count) {
      return pictures.names().subList(first, first + count).stream().map(this::read).toList();
    }

    private ReadImage read(String name) {
      try {
        String path = FolderPath.below(pictures.folder(), name);
        double[] decoded = pictures.fit().values(SourceKind.Folder.bytes(configuration, path));
        float[] values = new float[decoded.length];
        IntStream.range(0, values.length).forEach(i -> values[i] = (float) decoded[i]);
        return ReadImage.of(name, values);
      } catch (UnusablePictureException e) {
        return ReadImage.unreadable(name, e.getMessage());
      } catch (MissingFileException e) {
        return ReadImage.unreadable(name, "expected a file that can be read, found none");
      }
    }

    /** Nothing is kept open. */
    @Override
    public void close() {}
  }
}
