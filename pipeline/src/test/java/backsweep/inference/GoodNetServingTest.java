package backsweep.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ModelException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import backsweep.network.ChannelMask;
import backsweep.network.Network;
import backsweep.network.PruningPoint;
import backsweep.tensorflow.NetworkModels;
import backsweep.tensorflow.SavedModel;
import backsweep.tensorflow.Signatures;
import backsweep.testing.Pixels;
import backsweep.testing.RandomNetworks;
import backsweep.testing.Scores;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A GoodNet's folder is all that DJL needs, and what it answers is what a GoodNet is. */
class GoodNetServingTest {

  private static final Threads THREADS = new Threads(2, 2);
  private static final int IMAGES = 40;

  @TempDir Path folder;

  @Test
  void djlAloneLoadsItAndGetsTheDetectorsAnswers()
      throws IOException, ModelException, TranslateException {
    int agreements = 0;
    for (int seed = 0; seed < 4; seed++) {
      agreements += checkNetwork(seed);
    }
    assertThat(agreements).isBetween(1, 4 * IMAGES - 1);
  }

  private int checkNetwork(long seed) throws IOException, ModelException, TranslateException {
    Network network = RandomNetworks.of(seed);
    PruningPoint point = PruningPoint.of(network, Optional.empty(), Optional.empty());
    ChannelMask mask = ChannelMask.pruning(point.channels(), List.of(0));
    NetworkModels models = new NetworkModels(network, 255);
    Pixels pixels = Pixels.random(seed, IMAGES, network.graph().inputShape());
    float[][] original = run(models.whole(), pixels);
    float[][] pruned = run(models.whole(point, mask), pixels);
    Path directory = folder.resolve("goodnet-" + seed);
    models.goodNet(point, mask).writeTo(directory);
    assertThat(directory.resolve("serving.properties")).exists();

    checkAnswers(directory, pixels, network, original);
    float[][] found = runWithDjl(directory, pixels, network);
    int agreements = 0;
    for (int image = 0; image < IMAGES; image++) {
      boolean agree = Scores.highest(original[image]) == Scores.highest(pruned[image]);
      agreements += agree ? 1 : 0;
      assertThat(found[image]).containsExactly(expected(original[image], agree), within(1e-5f));
    }
    return agreements;
  }

  /** The second signature: five outputs, in the order of their names. */
  private static void checkAnswers(
      Path directory, Pixels pixels, Network network, float[][] original)
      throws IOException, ModelException, TranslateException {
    Criteria<NDList, NDList> criteria =
        criteria(directory).optOption("SignatureDefKey", Signatures.ANSWERS).build();
    try (ZooModel<NDList, NDList> model = criteria.loadModel();
        Predictor<NDList, NDList> predictor = model.newPredictor();
        NDManager manager = model.getNDManager().newSubManager()) {
      NDList outputs = predictor.predict(new NDList(input(manager, pixels, network)));
      assertThat(outputs)
          .extracting(NDArray::getName)
          .containsExactly(
              Signatures.CLASS,
              Signatures.ORIGINAL,
              Signatures.ORIGINAL_CLASS,
              Signatures.REPAIRED,
              Signatures.REPAIRED_CLASS);
      for (int image = 0; image < IMAGES; image++) {
        assertThat(outputs.get(Signatures.ORIGINAL).get(image).toFloatArray())
            .containsExactly(original[image], within(1e-5f));
      }
      int[] classes = outputs.get(Signatures.CLASS).toIntArray();
      int[] ofOriginal = outputs.get(Signatures.ORIGINAL_CLASS).toIntArray();
      int[] ofRepaired = outputs.get(Signatures.REPAIRED_CLASS).toIntArray();
      for (int image = 0; image < IMAGES; image++) {
        boolean agree = ofOriginal[image] == ofRepaired[image];
        assertThat(classes[image]).isEqualTo(agree ? ofOriginal[image] : network.classes());
      }
    }
  }

  private static Criteria.Builder<NDList, NDList> criteria(Path directory) {
    return Criteria.builder().setTypes(NDList.class, NDList.class).optModelPath(directory);
  }

  private static NDArray input(NDManager manager, Pixels pixels, Network network) {
    Shape shape =
        new Shape(pixels.images()).addAll(new Shape(network.graph().inputShape().toLongs()));
    return manager.create(FloatBuffer.wrap(pixels.values()), shape, DataType.FLOAT32);
  }

  private static float[] expected(float[] original, boolean agree) {
    float[] scores = new float[original.length + 1];
    if (agree) {
      System.arraycopy(original, 0, scores, 0, original.length);
    } else {
      scores[original.length] = 1;
    }
    return scores;
  }

  private static float[][] run(SavedModel model, Pixels pixels) {
    try (WholePredictor predictor = new WholePredictor(model, THREADS)) {
      return predictor.probabilities(pixels);
    }
  }

  /** As a stranger would, who has nothing but the folder. */
  private static float[][] runWithDjl(Path directory, Pixels pixels, Network network)
      throws IOException, ModelException, TranslateException {
    Criteria<NDList, NDList> criteria = criteria(directory).build();
    List<float[]> rows = new ArrayList<>();
    try (ZooModel<NDList, NDList> model = criteria.loadModel();
        Predictor<NDList, NDList> predictor = model.newPredictor();
        NDManager manager = model.getNDManager().newSubManager()) {
      NDArray output =
          predictor.predict(new NDList(input(manager, pixels, network))).singletonOrThrow();
      for (int image = 0; image < pixels.images(); image++) {
        rows.add(output.get(image).toFloatArray());
      }
    }
    return rows.toArray(new float[0][]);
  }
}
