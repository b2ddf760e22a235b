package backsweep.inference;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import backsweep.tensorflow.Signatures;
import backsweep.tensorflow.StoredDetector;
import java.util.Optional;

/** Runs a detector and shows what it goes by. For one thread; close it. */
public final class DetectorPredictor implements AutoCloseable {

  private final int classes;
  private final ModelRunner runner;
  private final ImageInput input;

  /**
   * With a detector that was found.
   *
   * @throws ModelLoadException if it cannot be loaded
   */
  public DetectorPredictor(StoredDetector detector, Threads threads) {
    classes = detector.classes();
    runner = new ModelRunner(detector.model(), threads);
    input = new ImageInput(runner.inputShape(Signatures.IMAGE));
  }

  /**
   * The answers for some images.
   *
   * @throws IllegalStateException if the model does not give what its signature says
   * @throws WrongAnswersException if its outputs contradict each other
   */
  public DetectorAnswers predict(PixelSource images) {
    try (NDManager manager = runner.newManager()) {
      NDList outputs = runner.run(new NDList(input.read(images, manager)));
      int count = images.images();
      DetectorAnswers answers =
          new DetectorAnswers(
              classes,
              classes(outputs, Signatures.CLASS, count, classes),
              classes(outputs, Signatures.ORIGINAL_CLASS, count, classes - 1),
              classes(outputs, Signatures.REPAIRED_CLASS, count, classes - 1),
              scores(outputs, Signatures.ORIGINAL, count * classes),
              scores(outputs, Signatures.REPAIRED, count * classes),
              scores(outputs, Signatures.PROBABILITY, count * (classes + 1)));
      check(answers);
      return answers;
    }
  }

  private static void check(DetectorAnswers answers) {
    for (int image = 0; image < answers.images(); image++) {
      Optional<String> contradiction = answers.contradiction(image);
      if (contradiction.isPresent()) {
        throw new WrongAnswersException(image, contradiction.get());
      }
    }
  }

  private static int[] classes(NDList outputs, String name, int images, int highest) {
    int[] found = outputs.get(name).toIntArray();
    check(name, images, found.length);
    for (int answer : found) {
      if (answer < 0 || answer > highest) {
        throw new IllegalStateException(
            "expected \"%s\" from 0 to %d, found %d".formatted(name, highest, answer));
      }
    }
    return found;
  }

  private static float[] scores(NDList outputs, String name, int values) {
    float[] found = outputs.get(name).toFloatArray();
    check(name, values, found.length);
    return found;
  }

  private static void check(String name, int expected, int found) {
    if (found != expected) {
      throw new IllegalStateException(
          "expected %d values as \"%s\", found %d".formatted(expected, name, found));
    }
  }

  @Override
  public void close() {
    input.close();
    runner.close();
  }
}
