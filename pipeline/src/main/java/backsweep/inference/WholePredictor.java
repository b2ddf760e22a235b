package backsweep.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import backsweep.tensorflow.SavedModel;
import backsweep.tensorflow.Signatures;

/** Runs a whole network, block by block, to measure what was written. For one thread; close it. */
public final class WholePredictor implements AutoCloseable {

  private final ModelRunner runner;
  private final ImageInput input;

  /**
   * With a model of {@code NetworkModels.whole} or {@code goodNet}.
   *
   * @throws ModelLoadException if it cannot be loaded
   */
  public WholePredictor(SavedModel whole, Threads threads) {
    runner = new ModelRunner(whole, threads);
    input = new ImageInput(runner.inputShape(Signatures.IMAGE));
  }

  /** The network's output for every image, {@code [image][class]}. */
  public float[][] probabilities(PixelSource block) {
    try (NDManager manager = runner.newManager()) {
      NDList outputs = runner.run(new NDList(input.read(block, manager)));
      NDArray output = outputs.get(Signatures.PROBABILITY);
      int classes = (int) output.getShape().get(1);
      float[] flat = output.toFloatArray();
      float[][] probabilities = new float[block.images()][classes];
      for (int image = 0; image < probabilities.length; image++) {
        System.arraycopy(flat, image * classes, probabilities[image], 0, classes);
      }
      return probabilities;
    }
  }

  /** The class answered for every image, {@code (image)}; of equal scores the lowest. */
  public int[] classes(PixelSource block) {
    float[][] scores = probabilities(block);
    int[] classes = new int[scores.length];
    for (int image = 0; image < scores.length; image++) {
      for (int label = 1; label < scores[image].length; label++) {
        if (scores[image][label] > scores[image][classes[image]]) {
          classes[image] = label;
        }
      }
    }
    return classes;
  }

  @Override
  public void close() {
    input.close();
    runner.close();
  }
}
