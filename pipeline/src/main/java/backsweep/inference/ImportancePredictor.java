package backsweep.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import backsweep.tensorflow.SavedModel;
import backsweep.tensorflow.Signatures;

/** Follows the loss of images back to channels, block by block. For one thread; close it. */
public final class ImportancePredictor implements AutoCloseable {

  private final ModelRunner runner;
  private final ImageInput input;

  /**
   * With a model of {@code NetworkModels.importance}.
   *
   * @throws ModelLoadException if it cannot be loaded
   */
  public ImportancePredictor(SavedModel importance, Threads threads) {
    runner = new ModelRunner(importance, threads);
    input = new ImageInput(runner.inputShape(Signatures.IMAGE));
  }

  /**
   * The importance of every channel, summed over the images of a block.
   *
   * @param labels the class of each image
   * @return {@code (channel)}
   */
  public double[] sums(PixelSource block, int[] labels) {
    try (NDManager manager = runner.newManager()) {
      NDArray classes = manager.create(labels);
      classes.setName(Signatures.LABEL);
      NDList outputs = runner.run(new NDList(input.read(block, manager), classes));
      NDArray importance = outputs.get(Signatures.IMPORTANCE);
      double[] sums = new double[(int) importance.getShape().get(1)];
      double[] values = importance.toDoubleArray();
      for (int i = 0; i < values.length; i++) {
        sums[i % sums.length] += values[i];
      }
      return sums;
    }
  }

  @Override
  public void close() {
    input.close();
    runner.close();
  }
}
