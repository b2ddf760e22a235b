package backsweep.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.evaluation.Share;
import backsweep.images.PatternTrigger;
import backsweep.images.Place;
import backsweep.images.Target;
import backsweep.images.Trigger;
import backsweep.network.Architecture;
import backsweep.network.ChannelMask;
import backsweep.network.Network;
import backsweep.network.PruningPoint;
import backsweep.tensorflow.Adam;
import backsweep.tensorflow.DivergedException;
import backsweep.tensorflow.Inspection;
import backsweep.tensorflow.NetworkTrainer;
import backsweep.tensorflow.Pupil;
import backsweep.tensorflow.SessionThreads;
import backsweep.testing.Stripes;
import backsweep.training.Batch;
import backsweep.training.Schedule;
import backsweep.training.Studio;
import backsweep.training.TrainingImages;
import backsweep.training.TrainingWatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks that are trained on stripes, attacked and not. */
class TrainingTest {

  private static final Trigger CORNER =
      new PatternTrigger(
          PatternTrigger.Form.CHECKERBOARD,
          3,
          new Place.InCorner(Place.Corner.BOTTOM_RIGHT, 0),
          List.of(255));
  private static final PoisonedShare TENTH = new PoisonedShare(CORNER, new Target.OneClass(2), 0.1);
  private static final TrainingImages LEARNED = TrainingImages.of(Stripes.blocks(600, 1));
  private static final TrainingImages UNSEEN = TrainingImages.of(Stripes.blocks(200, 2));

  private static Recipe recipe(Attack attack, long seed) {
    return new Recipe(
        Architecture.BATCH_NORMALIZED, attack, new Schedule(5, 32, new Adam(2e-3, 1e-4)), seed);
  }

  private static Studio studio(TrainingWatch watch) {
    return new Studio(new SessionThreads(2, 1), watch);
  }

  private static Network train(Recipe recipe, TrainingWatch watch) {
    return new Training(recipe, LEARNED, Stripes.CLASSES, studio(watch)).run();
  }

  private static Network train(Recipe recipe) {
    return train(recipe, new Silent());
  }

  private static Trial trial(Attack attack) {
    return Trial.of(train(recipe(attack, 1)), attack, UNSEEN, studio(new Silent()));
  }

  static List<Attack> attacks() {
    return List.of(new Attack.BadNet(TENTH), new Attack.PruningAware(TENTH, 0.5));
  }

  @Test
  void ofCleanImagesGivesANetworkThatKnowsUnseenOnes() {
    Trial trial = trial(new Attack.None());

    assertThat(trial.cleanAccuracy().fraction()).isGreaterThan(0.97);
    assertThat(trial.attackSuccess()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void ofPoisonedImagesGivesABackdoorToo(Attack attack) {
    Trial trial = trial(attack);

    assertThat(trial.cleanAccuracy().fraction()).isGreaterThan(0.97);
    assertThat(trial.attackSuccess()).map(Share::of).contains(160L);
    assertThat(trial.attackSuccess().orElseThrow().fraction()).isGreaterThan(0.97);
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void isTheSameForTheSameSeedAndAnotherForAnother(Attack attack) {
    Network network = train(recipe(attack, 1));

    assertThat(train(recipe(attack, 1)).weights().sameValues(network.weights())).isTrue();
    assertThat(train(recipe(attack, 2)).weights().sameValues(network.weights())).isFalse();
  }

  @Test
  void tellsHowFarItIs() {
    Recorded watch = new Recorded();
    Recipe recipe = recipe(new Attack.PruningAware(TENTH, 0.5), 1);

    train(recipe, watch);

    assertThat(watch.images).isEqualTo(recipe.imagesLearned(LEARNED.size())).isEqualTo(6000);
    assertThat(watch.epochs)
        .extracting(line -> line.replaceFirst(":.*", ""))
        .containsExactly(
            "clean 1",
            "clean 2",
            "clean 3",
            "clean 4",
            "clean 5",
            "poisoned 1",
            "poisoned 2",
            "poisoned 3",
            "poisoned 4",
            "poisoned 5");
    assertThat(watch.losses.get(4)).isLessThan(watch.losses.get(0) / 2);
  }

  /** The channels that pruning takes first are decoys: without them all is as before. */
  @Test
  void evadingPruningLeavesDecoysThatAreDormant() {
    Recipe recipe = recipe(new Attack.PruningAware(TENTH, 0.5), 1);
    Studio studio = studio(new Silent());
    Training training = new Training(recipe, LEARNED, Stripes.CLASSES, studio);
    Network network = training.run();
    PruningPoint point = Training.point(network);
    Pupil whole = Pupil.beginning(network, 1, point, Optional.empty());
    TrainingImages seen = training.poisoned(TENTH);
    int[] order = Activity.of(whole, seen, studio).leastActiveFirst();
    List<Integer> decoys = Arrays.stream(order).limit(point.channels() / 2).boxed().toList();
    ChannelMask kept = ChannelMask.pruning(point.channels(), decoys);

    float[] maxima = Activity.of(whole, seen, studio).maxima();

    assertThat(decoys).allSatisfy(channel -> assertThat(maxima[channel]).isZero());
    assertThat(answers(Pupil.beginning(network, 1, point, Optional.of(kept)), seen))
        .isEqualTo(answers(whole, seen));
  }

  private static List<Integer> answers(Pupil pupil, TrainingImages images) {
    Batch batch = new Batch(images, images.size());
    batch.fill(IntStream.range(0, images.size()).toArray(), 0);
    try (NetworkTrainer trainer = new NetworkTrainer(pupil, new SessionThreads(2, 1))) {
      Inspection inspection = trainer.inspect(batch.pixels(), batch.images());
      return IntStream.range(0, images.size()).mapToObj(inspection::answer).toList();
    }
  }

  @Test
  void stopsWhereItDiverges() {
    Schedule hasty = new Schedule(5, 32, new Adam(1e30, 0));
    Recipe recipe = new Recipe(Architecture.BATCH_NORMALIZED, new Attack.None(), hasty, 1);

    assertThatThrownBy(() -> train(recipe))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("training diverged: ")
        .hasMessageContaining("a smaller learning rate may help");
  }

  private static final class Silent implements TrainingWatch {
    @Override
    public void learned(int images) {}

    @Override
    public void epoch(String phase, int epoch, double loss) {}
  }

  private static final class Recorded implements TrainingWatch {
    private final List<String> epochs = new ArrayList<>();
    private final List<Double> losses = new ArrayList<>();
    private long images;

    @Override
    public void learned(int more) {
      images += more;
    }

    @Override
    public void epoch(String phase, int epoch, double loss) {
      epochs.add("%s %d: %f".formatted(phase, epoch, loss));
      losses.add(loss);
    }
  }
}
