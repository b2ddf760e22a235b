package backsweep.goodnet;

import backsweep.images.ImageFileException;
import backsweep.images.ImageShape;
import backsweep.images.Pixels;
import backsweep.inference.DetectorAnswers;
import backsweep.inference.DetectorPredictor;
import backsweep.inference.PixelSource;
import backsweep.inference.Threads;
import backsweep.pictures.PictureFit;
import backsweep.pictures.UnusablePictureException;
import backsweep.tensorflow.StoredDetector;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The detector G that {@code defend} wrote, asked about images one by one or a few at a time: the
 * class of an image, 0 to N-1, or N for one that looks backdoored (Liu, Dolan-Gavitt, Garg, 2018).
 *
 * <p>It holds native memory; close it. It is for one thread; several of the same folder share one
 * model. What it answers is checked: a {@link backsweep.inference.WrongAnswersException} says that
 * its outputs contradict each other, as those of somebody else's detector may.
 */
public final class GoodNet implements AutoCloseable {

  private static final float LARGEST = 255;

  private final ImageShape shape;
  private final int classes;
  private final DetectorPredictor predictor;
  private boolean isClosed;

  private GoodNet(StoredDetector detector, DetectorPredictor predictor) {
    this.shape = GoodNetFile.shape(detector);
    this.classes = detector.classes();
    this.predictor = predictor;
  }

  /**
   * Loads a detector. Its file is checked first: it may have the operations of detectors only, and
   * what TensorFlow gets is written anew from what was checked.
   *
   * @param folder such as {@code out/goodnet/<network>/mean-activation-first-below-10}
   * @throws GoodNetFileException if the folder is no detector, or one of an earlier version
   */
  public static GoodNet load(Path folder) {
    StoredDetector detector = GoodNetFile.read(folder);
    Threads all = new Threads(1, Runtime.getRuntime().availableProcessors());
    return new GoodNet(detector, GoodNetFile.open(folder.toString(), detector, all));
  }

  /** The shape of an image, {@code (height, width, channel)}. */
  public ImageShape shape() {
    return shape;
  }

  /** N: how many classes the network has, and the answer for an image that looks backdoored. */
  public int backdoored() {
    return classes;
  }

  /**
   * The class of a picture.
   *
   * @param picture a PNG or JPEG file
   * @return 0 to N-1, or N, {@link #backdoored()}
   * @throws ImageFileException if it cannot be read, or has another size
   */
  public int classify(Path picture) {
    return answer(picture).answer();
  }

  /**
   * The class of an image.
   *
   * @param pixels {@code (height, width, channel)}, row-major, from 0 to 255
   * @return 0 to N-1, or N, {@link #backdoored()}
   * @throws IllegalArgumentException if there are more or fewer pixels, or others
   */
  public int classify(float[] pixels) {
    return answer(pixels).answer();
  }

  /**
   * The answer for a picture, with those of both networks.
   *
   * @param picture a PNG or JPEG file
   * @throws ImageFileException if it cannot be read, or has another size
   */
  public Answer answer(Path picture) {
    return answer(decoded(picture));
  }

  /**
   * The answer for an image, with those of both networks.
   *
   * @param pixels {@code (height, width, channel)}, row-major, from 0 to 255
   * @throws IllegalArgumentException if there are more or fewer pixels, or others
   */
  public Answer answer(float[] pixels) {
    if (pixels.length != shape.values()) {
      throw new IllegalArgumentException(
          "expected %d pixels, one image of %s, found %d"
              .formatted(shape.values(), shape, pixels.length));
    }
    for (float pixel : pixels) {
      if (!(pixel >= 0 && pixel <= LARGEST)) {
        throw new IllegalArgumentException("expected pixels from 0 to 255, found " + pixel);
      }
    }
    return answers(Pixels.of(shape, pixels)).get(0);
  }

  /**
   * The answers for images that run at once.
   *
   * @throws IllegalArgumentException if they have another shape
   * @throws IllegalStateException if this is closed
   */
  public List<Answer> answers(Pixels images) {
    if (isClosed) {
      throw new IllegalStateException("expected a detector that is open, found it closed");
    }
    if (!images.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "expected images of %s, found %s".formatted(shape, images.shape()));
    }
    DetectorAnswers answers = predictor.predict(new Source(images));
    return IntStream.range(0, answers.images()).mapToObj(image -> answer(answers, image)).toList();
  }

  private static Answer answer(DetectorAnswers answers, int image) {
    return new Answer(
        answers.detector()[image],
        new Scores(answers.original()[image], answers.originalScores(image)),
        new Scores(answers.repaired()[image], answers.repairedScores(image)));
  }

  private float[] decoded(Path picture) {
    try (InputStream in = Files.newInputStream(picture)) {
      PictureFit fit = new PictureFit(shape, false);
      fit.check();
      double[] values = fit.values(in.readNBytes(PictureFit.MOST_BYTES + 1));
      float[] pixels = new float[values.length];
      for (int i = 0; i < values.length; i++) {
        pixels[i] = (float) values[i];
      }
      return pixels;
    } catch (UnusablePictureException e) {
      throw new ImageFileException(picture, e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw new ImageFileException(picture, "expected a picture, found no such file", e);
    } catch (IOException e) {
      throw new ImageFileException(picture, "cannot be read: " + e.getMessage(), e);
    }
  }

  /** Gives its memory back; it answers nothing any more. Closing it again does nothing. */
  @Override
  public void close() {
    isClosed = true;
    predictor.close();
  }

  private record Source(Pixels pixels) implements PixelSource {
    @Override
    public int images() {
      return pixels.images();
    }

    @Override
    public void copyTo(FloatBuffer target) {
      pixels.copy(0, pixels.images(), target);
    }
  }
}
