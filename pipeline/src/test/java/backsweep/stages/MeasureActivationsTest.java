package backsweep.stages;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import backsweep.evaluation.ActivationShift;
import backsweep.evaluation.ActivationShift.Level;
import backsweep.evaluation.TriggerEffect;
import backsweep.images.ImageBlock;
import backsweep.images.ImageSet;
import backsweep.images.ImageShape;
import backsweep.images.PixelEncoding;
import backsweep.images.Pixels;
import backsweep.images.Role;
import backsweep.network.Activation;
import backsweep.network.Network;
import backsweep.network.PruningPoint;
import backsweep.network.Shape;
import backsweep.network.Tensor;
import backsweep.network.Weights;
import backsweep.stages.MeanActivations.Channel;
import backsweep.stages.MeasureActivations.Wanted;
import backsweep.store.ImageStore;
import backsweep.store.ImportedImages;
import backsweep.tensorflow.NetworkModels;
import backsweep.tensorflow.SavedModel;
import backsweep.testing.Golden;
import backsweep.testing.LocalSpark;
import backsweep.testing.NetworkSketch;
import backsweep.testing.RandomBlocks;
import backsweep.testing.RealKeras;
import backsweep.testing.SparkEvents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MeasureActivationsTest {

  private static final ImageShape DOTS = new ImageShape(2, 2, 1);
  private static final ImageShape SHAPE = new ImageShape(6, 7, 2);
  private static final int IMAGES = 700;

  @TempDir private Path folder;

  private ImageStore store(String name, int partitions) {
    return new ImageStore(LocalSpark.session(), folder.resolve(name).toString(), partitions);
  }

  private static ImageSet validation(int images, ImageShape shape) {
    return new ImageSet(
        ImageSet.CLEAN_VALIDATION, Role.CLEAN_VALIDATION, "1".repeat(64), images, shape);
  }

  private static ImageSet poisoned(int images, ImageShape shape) {
    return new ImageSet("trigger", Role.POISONED, "2".repeat(64), images, shape);
  }

  /** The first channel is the image, the second its negative, the third nothing. */
  private static SavedModel copying() {
    Network network =
        new NetworkSketch(1, 2, 2, 1)
            .convolution("copy", 3)
            .activation("relu", Activation.Relu.PLAIN)
            .classes(3);
    float[] kernel = new float[3 * 3 * 3];
    kernel[4 * 3] = 1;
    kernel[4 * 3 + 1] = -1;
    Map<String, Map<String, Tensor>> weights = new HashMap<>(network.weights().byLayer());
    weights.put(
        "copy",
        Map.of(
            "kernel", Tensor.of(Shape.of(3, 3, 1, 3), kernel),
            "bias", Tensor.of(Shape.of(3), 0, 0, 0)));
    return new NetworkModels(new Network(network.graph(), new Weights(weights)), 1)
        .statistics(PruningPoint.of(network, Optional.of("copy"), Optional.of("copy")));
  }

  private static ImageBlock dots(int index, int... bytes) {
    byte[] pixels = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      pixels[i] = (byte) bytes[i];
    }
    return new ImageBlock(
        index, new Pixels(DOTS, PixelEncoding.UINT8, pixels), new int[bytes.length / 4]);
  }

  @Test
  void meansAreOverTheImagesAndPositionsOfEachSet() {
    ImageStore store = store("dots", 2);
    ImageSet clean = validation(2, DOTS);
    ImageSet driven = poisoned(1, DOTS);
    ImportedImages one =
        store.put(clean, RandomBlocks.distributed(List.of(dots(0, 1, 0, 3, 4, 0, 0, 0, 4)), 1));
    ImportedImages other =
        store.put(driven, RandomBlocks.distributed(List.of(dots(0, 100, 0, 0, 0)), 1));

    Map<ImageSet, MeanActivations> found =
        new MeasureActivations(LocalSpark.session(), store)
            .execute(List.of(new Wanted(copying(), 100, List.of(one, other))))
            .get(0);

    assertThat(found).containsOnlyKeys(clean, driven);
    assertThat(found.get(clean))
        .isEqualTo(
            new MeanActivations(
                2, List.of(new Channel(1.5, 0.5), new Channel(-1.5, 0.5), new Channel(0, 0))));
    assertThat(found.get(driven))
        .isEqualTo(
            new MeanActivations(
                1, List.of(new Channel(25, 0), new Channel(-25, 0), new Channel(0, 0))));
  }

  private static SavedModel model(int seed) {
    Network network =
        new NetworkSketch(seed, 6, 7, 2)
            .convolution("conv", 8)
            .fused(Activation.Plain.TANH)
            .classes(5);
    return new NetworkModels(network, 255)
        .statistics(PruningPoint.of(network, Optional.empty(), Optional.empty()));
  }

  private static List<ImageBlock> blocks(int images) {
    return RandomBlocks.of(images, SHAPE, PixelEncoding.UINT8);
  }

  private MeanActivations measure(List<ImageBlock> blocks, int partitions, int imagesPerBatch) {
    int images = blocks.stream().mapToInt(ImageBlock::images).sum();
    ImageSet set = validation(images, SHAPE);
    ImageStore store = store(partitions + "-" + blocks.hashCode(), partitions);
    ImportedImages put = store.put(set, RandomBlocks.distributed(blocks, partitions));
    return new MeasureActivations(LocalSpark.session(), store)
        .execute(List.of(new Wanted(model(1), imagesPerBatch, List.of(put))))
        .get(0)
        .get(set);
  }

  @Test
  void itMattersNotHowBlocksLieNorHowManyImagesRunAtATime() {
    MeanActivations expected = measure(blocks(IMAGES), 1, ImageBlock.IMAGES);

    assertThat(expected.images()).isEqualTo(ImageBlock.IMAGES);
    assertThat(expected.channels()).hasSize(8).doesNotHaveDuplicates();
    for (int partitions = 1; partitions <= 3; partitions++) {
      List<ImageBlock> shuffled = new ArrayList<>(blocks(IMAGES));
      Collections.shuffle(shuffled, new Random(partitions));
      assertThat(measure(shuffled, partitions, ImageBlock.IMAGES)).isEqualTo(expected);
    }
    MeanActivations inBatches = measure(blocks(IMAGES), 2, 50);
    for (int channel = 0; channel < 8; channel++) {
      Channel of = expected.channels().get(channel);
      assertThat(inBatches.channels().get(channel).mean()).isCloseTo(of.mean(), within(1e-9));
      assertThat(inBatches.channels().get(channel).deviation())
          .isCloseTo(of.deviation(), within(1e-9));
    }
  }

  @Test
  void severalNetworksAreOneJobAndEachIsAskedItsOwnSets() {
    ImageStore store = store("several", 2);
    ImportedImages clean =
        store.put(validation(IMAGES, SHAPE), RandomBlocks.distributed(blocks(IMAGES), 2));
    ImportedImages driven = store.put(poisoned(90, SHAPE), RandomBlocks.distributed(blocks(90), 1));
    MeasureActivations measure = new MeasureActivations(LocalSpark.session(), store);
    List<Map<ImageSet, MeanActivations>> together = new ArrayList<>();

    List<Optional<String>> jobs =
        SparkEvents.descriptions(
            () ->
                together.addAll(
                    measure.execute(
                        List.of(
                            new Wanted(model(1), 100, List.of(clean, driven)),
                            new Wanted(model(2), 256, List.of(driven))))));

    assertThat(jobs).containsExactly(Optional.of("what triggers drive, 436 images of 2 networks"));
    assertThat(together)
        .containsExactly(
            measure.execute(List.of(new Wanted(model(1), 100, List.of(clean, driven)))).get(0),
            measure.execute(List.of(new Wanted(model(2), 256, List.of(driven)))).get(0));
    assertThat(together.get(0)).hasSize(2);
    assertThat(together.get(1)).containsOnlyKeys(driven.set());
    assertThat(together.get(0).get(driven.set())).isNotEqualTo(together.get(1).get(driven.set()));
  }

  /** Those that the means of Keras say. */
  @ParameterizedTest
  @MethodSource("drivenBySunglasses")
  void sunglassesDriveChannelsOfBadNetsOnFaces(Golden golden, List<Integer> driven) {
    DefencePlan plan = golden.defend(folder.resolve("faces"), 2).plan().get(0);
    ImageStore store = store("faces", 2);
    List<ImportedImages> images =
        new ImportImages(LocalSpark.session(), store)
            .execute(plan.compared().stream().map(plan::source).toList());
    SavedModel model = plan.subject().models().statistics(plan.point());

    Map<ImageSet, MeanActivations> found =
        new MeasureActivations(LocalSpark.session(), store)
            .execute(List.of(new Wanted(model, 256, images)))
            .get(0);

    List<Channel> clean = found.get(plan.compared().get(0)).channels();
    List<Channel> poisoned = found.get(plan.compared().get(1)).channels();
    TriggerEffect effect =
        new TriggerEffect(
            IntStream.range(0, clean.size())
                .mapToObj(i -> new ActivationShift(level(clean.get(i)), level(poisoned.get(i))))
                .toList());
    assertThat(effect.driven()).isEqualTo(driven);
  }

  static Stream<Arguments> drivenBySunglasses() {
    return Stream.of(
        Arguments.of(Golden.LAB_FACES, List.of(11, 7, 16, 18, 8)),
        Arguments.of(Golden.SUNGLASSES_FACES, List.of(21, 13, 51)));
  }

  private static Level level(Channel channel) {
    return new Level(channel.mean(), channel.deviation());
  }

  @Test
  void meansAreThoseOfKeras() throws Exception {
    RealKeras keras = RealKeras.in(folder);
    DefenceRequest request = Golden.BN_AFTER.request(folder.resolve("out"), 2);
    DefendNetwork defend = Golden.BN_AFTER.defend(folder.resolve("out"), 2);
    DefencePlan plan = defend.plan().get(0);
    ImageStore store = store("out", 2);
    List<ImportedImages> images =
        new ImportImages(LocalSpark.session(), store).execute(plan.sources());
    Map<ImageSet, MeanActivations> found =
        new MeasureActivations(LocalSpark.session(), store)
            .execute(
                List.of(new Wanted(plan.subject().models().statistics(plan.point()), 256, images)))
            .get(0);
    Path answers = folder.resolve("means.txt");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                answers.toString(),
                request.network().path(),
                plan.point().statisticsLayer(),
                Float.toString(request.network().inputScale())));
    plan.sources()
        .forEach(source -> arguments.addAll(List.of(source.path(), places(source.set().images()))));

    keras.run("mean_activations.py", arguments);

    List<Channel> all =
        plan.sets().stream().flatMap(set -> found.get(set).channels().stream()).toList();
    List<String> expected = Files.readAllLines(answers);
    assertThat(all).hasSize(3 * plan.point().channels()).hasSameSizeAs(expected);
    for (int i = 0; i < all.size(); i++) {
      String[] numbers = expected.get(i).split(" ", -1);
      assertThat(all.get(i).mean()).isCloseTo(Double.parseDouble(numbers[0]), within(1e-6));
      assertThat(all.get(i).deviation()).isCloseTo(Double.parseDouble(numbers[1]), within(1e-6));
    }
  }

  private static String places(int images) {
    return SpreadImages.places(images).stream().map(Object::toString).collect(joining(","));
  }
}
