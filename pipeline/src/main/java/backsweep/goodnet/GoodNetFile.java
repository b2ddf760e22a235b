package backsweep.goodnet;

import backsweep.images.ImageShape;
import backsweep.inference.DetectorPredictor;
import backsweep.inference.PixelSource;
import backsweep.inference.Threads;
import backsweep.inference.WrongAnswersException;
import backsweep.network.Shape;
import backsweep.tensorflow.StoredDetector;
import backsweep.tensorflow.UnusableModelException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The one file of a detector's folder that is read, {@link StoredDetector#FILE}. It is in the heap
 * several times while it is checked, so that it may take a part of that only.
 */
public final class GoodNetFile {

  private static final int TIMES_IN_HEAP = 6;

  private GoodNetFile() {}

  /** The most bytes that it may have here. */
  public static int mostBytes() {
    long ofHeap = Runtime.getRuntime().maxMemory() / TIMES_IN_HEAP;
    return (int) Math.min(ofHeap, Integer.MAX_VALUE - Long.BYTES);
  }

  /**
   * Checks how large it is, before it is read.
   *
   * @param folder that it is in
   * @throws GoodNetFileException if it is too large
   */
  public static void checkSize(String folder, long bytes) {
    if (bytes > mostBytes()) {
      throw new GoodNetFileException(
          folder,
          ("expected %s of at most %d bytes, a part of this Java's heap, found %d; more memory"
                  + " helps: BACKSWEEP_DRIVER_MEMORY or -Xmx")
              .formatted(StoredDetector.FILE, mostBytes(), bytes));
    }
  }

  /**
   * The detector of a local folder; nothing of it has been run.
   *
   * @throws GoodNetFileException if it is none
   */
  static StoredDetector read(Path folder) {
    Path file = folder.resolve(StoredDetector.FILE);
    if (!Files.isRegularFile(file)) {
      throw missing(folder.toString());
    }
    try {
      checkSize(folder.toString(), Files.size(file));
      return read(folder.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new GoodNetFileException(folder.toString(), "cannot be read: " + e.getMessage(), e);
    }
  }

  /** The folder has no such file. */
  public static GoodNetFileException missing(String folder) {
    return new GoodNetFileException(
        folder,
        "expected the folder of a detector, such as out/goodnet/<network>/<repair>, found no file %s"
            .formatted(StoredDetector.FILE));
  }

  /**
   * The detector that bytes are; nothing of it has been run.
   *
   * @param folder where they are from
   * @param file the bytes of the file
   * @throws GoodNetFileException if they are none
   */
  public static StoredDetector read(String folder, byte[] file) {
    try {
      StoredDetector detector = StoredDetector.of(file);
      shape(detector);
      return detector;
    } catch (UnusableModelException | IllegalArgumentException e) {
      throw new GoodNetFileException(folder, StoredDetector.FILE + ": " + e.getMessage(), e);
    }
  }

  /** The shape of images that a detector takes. */
  public static ImageShape shape(StoredDetector detector) {
    Shape input = detector.input();
    return new ImageShape(input.dimension(0), input.dimension(1), input.dimension(2));
  }

  /**
   * Opens a detector and lets it look at a black image, so that one that cannot run is refused
   * before it is given to others.
   *
   * @throws GoodNetFileException if it cannot
   */
  public static DetectorPredictor open(String folder, StoredDetector detector, Threads threads) {
    try {
      DetectorPredictor predictor = new DetectorPredictor(detector, threads);
      try {
        predictor.predict(black(shape(detector)));
        return predictor;
      } catch (RuntimeException | Error e) {
        predictor.close();
        throw e;
      }
    } catch (WrongAnswersException e) {
      throw new GoodNetFileException(folder, e.named(image -> "a black image").getMessage(), e);
    } catch (RuntimeException e) { // TensorFlow says in many ways that a graph is none
      throw new GoodNetFileException(folder, "cannot be run: " + e.getMessage(), e);
    }
  }

  private static PixelSource black(ImageShape shape) {
    return new PixelSource() {
      @Override
      public int images() {
        return 1;
      }

      @Override
      public void copyTo(FloatBuffer target) {
        target.put(new float[shape.values()]);
      }
    };
  }
}
