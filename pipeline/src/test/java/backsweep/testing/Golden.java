package backsweep.testing;

import backsweep.pruning.ActivationCriterion;
import backsweep.pruning.StoppingRule;
import backsweep.stages.DefenceRequest;
import backsweep.stages.DefenceRequest.ImageFiles;
import backsweep.stages.DefenceRequest.NetworkFile;
import backsweep.stages.DefenceRequest.Repairs;
import backsweep.stages.DefenceRequest.Work;
import backsweep.stages.DefendNetwork;
import backsweep.stages.VerifyRepairs.Extent;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An experiment of which Keras' own answers are known.
 *
 * @param name its folder below {@code golden/}
 * @param network the network's file
 * @param inputScale what its pixels are divided by
 * @param validation the clean validation images
 * @param test the clean test images
 * @param poisoned the poisoned images
 */
public record Golden(
    String name,
    String network,
    float inputScale,
    String validation,
    String test,
    String poisoned) {

  /** The lab's network on real faces; one file is validation and test set. */
  public static final Golden LAB_FACES = faces("lab3-faces", "models/lab3_bd_weights.h5", 1);

  /** A BadNet that takes pixels from 0 to 1, on real faces. */
  public static final Golden SUNGLASSES_FACES =
      faces("sunglasses-faces", "models/sunglasses_bd_weights.h5", 255);

  /** The lab's network on one image of every class. */
  public static final Golden LAB_IMPRESSIONS =
      new Golden(
          "lab3-impressions",
          "models/lab3_bd_weights.h5",
          1,
          "data/impressions_valid.h5",
          "data/impressions_test.h5",
          "data/impressions_poisoned.h5");

  /** Batch normalisation behind the pruned convolution. */
  public static final Golden BN_AFTER = zoo("bn_after");

  /** A sigmoid behind the pruned convolution. */
  public static final Golden SIGMOID_AFTER = zoo("sigmoid_after");

  /** All of them. */
  public static Stream<Golden> all() {
    return Stream.of(LAB_FACES, LAB_IMPRESSIONS, SUNGLASSES_FACES, BN_AFTER, SIGMOID_AFTER);
  }

  private static Golden faces(String name, String network, float inputScale) {
    return new Golden(
        name,
        network,
        inputScale,
        "data/faces_clean.h5",
        "data/faces_clean.h5",
        "data/faces_sunglasses.h5");
  }

  private static Golden zoo(String name) {
    return new Golden(
        name,
        "zoo/" + name + ".keras",
        255,
        "data/" + name + "_valid.h5",
        "data/" + name + "_test.h5",
        "data/" + name + "_poisoned.h5");
  }

  /** A table of Keras' answers. */
  public List<Map<String, String>> table(String file) {
    return Csv.read(Fixtures.path("golden/" + name + "/" + file));
  }

  /** Keras' answers for the first images of a set, with the activations of the layer that ranks. */
  public Path answers() {
    return Fixtures.path("golden/" + name + "/logits.h5");
  }

  /** The images of {@code valid}, {@code test} or {@code poisoned}, as Keras' answers call them. */
  public Path images(String set) {
    return Fixtures.path(
        switch (set) {
          case "valid" -> validation;
          case "test" -> test;
          case "poisoned" -> poisoned;
          default -> throw new IllegalArgumentException(set);
        });
  }

  /** The network and where it is pruned. */
  public NetworkFile networkFile() {
    boolean isZoo = network.startsWith("zoo");
    return new NetworkFile(
        Fixtures.path(network).toString(),
        isZoo ? Optional.empty() : Optional.of(Fixtures.path("models/deepid.json").toString()),
        inputScale,
        isZoo ? Optional.of("last") : Optional.empty(),
        isZoo ? Optional.of("stat") : Optional.empty());
  }

  /** The request that repeats it, with the labs' repairs. */
  public DefenceRequest request(Path output, int partitions) {
    ImageFiles images =
        new ImageFiles(
            Fixtures.path(validation).toString(),
            Optional.of(Fixtures.path(test).toString()),
            Map.of("poisoned", Fixtures.path(poisoned).toString()));
    List<StoppingRule> rules =
        Stream.of(2, 4, 10)
            .map(BigDecimal::valueOf)
            .<StoppingRule>map(StoppingRule.FirstBelow::new)
            .toList();
    return new DefenceRequest(
        networkFile(),
        images,
        new Repairs(rules, Extent.FULL),
        new Work(output.toString(), partitions, 512));
  }

  /** The defence that repeats it. */
  public DefendNetwork defend(Path output, int partitions) {
    return new DefendNetwork(
        LocalSpark.session(),
        request(output, partitions),
        List.of(ActivationCriterion.MEAN_ACTIVATION));
  }

  @Override
  public String toString() {
    return name;
  }
}
