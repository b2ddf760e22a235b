package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.attack.Attack;
import backsweep.attack.PoisonedShare;
import backsweep.attack.Recipe;
import backsweep.images.Hdf5ImageWriter;
import backsweep.images.PatternTrigger;
import backsweep.images.PatternTrigger.Form;
import backsweep.images.Place;
import backsweep.images.Target;
import backsweep.images.Trigger;
import backsweep.modelfiles.KerasReader;
import backsweep.network.Architecture;
import backsweep.stages.TrainingRequest.Order;
import backsweep.tensorflow.Adam;
import backsweep.testing.LocalSpark;
import backsweep.testing.Stripes;
import backsweep.training.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks trained by Spark's tasks. */
class TrainNetworksTest {

  private static final Trigger SQUARE =
      new PatternTrigger(
          Form.SQUARE, 3, new Place.InCorner(Place.Corner.BOTTOM_LEFT, 0), List.of(255));

  private static final Run RUN = Run.begin(Map.of("version", "of the test"));

  @TempDir private static Path images;
  @TempDir private Path output;

  @BeforeAll
  static void writeImages() {
    Hdf5ImageWriter.write(
        images.resolve("training.h5"), Stripes.SHAPE, Stripes.blocks(300, 1).iterator());
    Hdf5ImageWriter.write(
        images.resolve("test.h5"), Stripes.SHAPE, Stripes.blocks(100, 2).iterator());
  }

  private static Order order(String name, int target, double learningRate, long seed) {
    Attack attack = new Attack.BadNet(new PoisonedShare(SQUARE, new Target.OneClass(target), 0.2));
    Schedule schedule = new Schedule(2, 32, new Adam(learningRate, 0));
    return new Order(name, new Recipe(Architecture.BATCH_NORMALIZED, attack, schedule, seed));
  }

  private TrainNetworks training(Order... orders) {
    return new TrainNetworks(
        LocalSpark.session(),
        new TrainingRequest(
            images.resolve("training.h5").toString(),
            Optional.of(images.resolve("test.h5").toString()),
            output.toString(),
            List.of(orders)));
  }

  private List<TrainingResult> train(Order... orders) {
    TrainNetworks training = training(orders);
    return training.execute(training.plan(), RUN);
  }

  private List<String> written() throws IOException {
    try (var files = Files.list(output)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void areWrittenWithWhatTheyWereMadeOf() throws IOException {
    List<TrainingResult> results = train(order("one", 0, 0.002, 1), order("two", 1, 0.002, 2));

    assertThat(results).extracting(TrainingResult::name).containsExactly("one", "two");
    assertThat(written()).containsExactly("one.h5", "one.json", "two.h5", "two.json");
    assertThat(KerasReader.read(output.resolve("one.h5"), Optional.empty()).classes()).isEqualTo(5);
    assertThat(Files.readString(output.resolve("two.json")))
        .contains(
            "\"name\" : \"two\"",
            "\"attack\" : \"badnet\"",
            "\"target\" : \"1\"",
            "\"seed\" : \"2\"",
            "\"version\" : \"of the test\"",
            "\"clean_accuracy\"",
            "\"attack_success\"");
    assertThat(results.get(0).network().orElseThrow().attackSuccess().orElseThrow().of())
        .isEqualTo(80);
  }

  @Test
  void areNotMadeAgain() throws IOException {
    List<TrainingResult> first = train(order("one", 0, 0.002, 1));
    byte[] bytes = Files.readAllBytes(output.resolve("one.h5"));

    TrainNetworks again = training(order("one", 0, 0.002, 1), order("two", 1, 0.002, 2));
    TrainingPlan plan = again.plan();

    assertThat(plan.made()).extracting(TrainedNetwork::name).containsExactly("one");
    assertThat(plan.wanted()).extracting(Order::name).containsExactly("two");
    assertThat(again.execute(plan, RUN).get(0)).isEqualTo(first.get(0));
    assertThat(Files.readAllBytes(output.resolve("one.h5"))).isEqualTo(bytes);
  }

  @Test
  void areMadeAgainWhereARunWasKilledBeforeTheFileWasThere() throws IOException {
    List<TrainingResult> first = train(order("one", 0, 0.002, 1));
    Files.delete(output.resolve("one.h5"));

    assertThat(train(order("one", 0, 0.002, 1)))
        .extracting(result -> result.network().orElseThrow().sha256())
        .containsExactly(first.get(0).network().orElseThrow().sha256());
    assertThat(written()).containsExactly("one.h5", "one.json");
  }

  @Test
  void failAlone() throws IOException {
    List<TrainingResult> results = train(order("wild", 0, 1e30, 1), order("tame", 0, 0.002, 1));

    assertThat(results.get(0).network()).isEmpty();
    assertThat(results.get(0).reason().orElseThrow()).startsWith("training diverged: ");
    assertThat(results.get(1).network()).isPresent();
    assertThat(written()).containsExactly("tame.h5", "tame.json");
  }

  @Test
  void neverTakeThePlaceOfOthers() throws IOException {
    train(order("one", 0, 0.002, 1));

    assertThatThrownBy(() -> training(order("one", 3, 0.002, 1)).plan())
        .isInstanceOf(OtherNetworkException.class)
        .hasMessageContaining(
            "one.h5: expected the network that is wanted or none, found one of another"
                + " recipe: target is 0, wanted is 3. Choose another name or output, or remove it");
    Files.writeString(output.resolve("one.h5"), "changed");
    assertThatThrownBy(() -> training(order("one", 0, 0.002, 1)).plan())
        .isInstanceOf(OtherNetworkException.class)
        .hasMessageContaining("it was trained as ");
    Files.delete(output.resolve("one.json"));
    assertThatThrownBy(() -> training(order("one", 0, 0.002, 1)).plan())
        .isInstanceOf(OtherNetworkException.class)
        .hasMessageContaining("found one that was not trained here");
  }

  @Test
  void mustFitTheImages() {
    assertThatThrownBy(() -> training(order("one", 5, 0.002, 1)).plan())
        .isInstanceOf(UnfitOrderException.class)
        .hasMessageContaining("network one, images ")
        .hasMessageEndingWith("expected a target class from 0 to 4, found 5");
    Order large =
        new Order(
            "large",
            new Recipe(
                Architecture.DEEPID,
                new Attack.None(),
                new Schedule(1, 32, new Adam(0.001, 0)),
                1));
    assertThatThrownBy(() -> training(large).plan())
        .isInstanceOf(UnfitOrderException.class)
        .hasMessageContaining("deepid takes images of at least 31x31");
  }
}
