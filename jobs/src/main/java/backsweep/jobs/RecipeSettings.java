package backsweep.jobs;

import backsweep.attack.Attack;
import backsweep.attack.PoisonedShare;
import backsweep.attack.Recipe;
import backsweep.images.Target;
import backsweep.network.Architecture;
import backsweep.stages.TrainingRequest.Order;
import backsweep.store.SharedFiles;
import backsweep.tensorflow.Adam;
import backsweep.training.Schedule;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a network is to be made, as a configuration says; the picture of its trigger has not been
 * read yet.
 *
 * @param name of the network's file
 * @param architecture of the network
 * @param attack how it is attacked
 * @param poisoning how images are poisoned; empty where they are not
 * @param schedule how it learns
 * @param seed of everything random
 */
record RecipeSettings(
    String name,
    Architecture architecture,
    AttackKind attack,
    Optional<PoisonedSettings> poisoning,
    Schedule schedule,
    long seed) {

  /** The keys of a recipe. */
  static final Set<String> KEYS =
      Set.of(
          "name",
          "architecture",
          "attack",
          "trigger",
          "target",
          "poisoned-share",
          "dormant-share",
          "epochs",
          "batch-size",
          "learning-rate",
          "weight-decay",
          "seed");

  private static final double SMALLEST = 1e-6;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final Map<String, Architecture> ARCHITECTURES =
      Arrays.stream(Architecture.values())
          .collect(Collectors.toMap(Architecture::label, Function.identity()));

  /** What is done with poisoned images; only a clean network is made without. */
  private interface AttackKind extends Function<Optional<PoisonedShare>, Attack> {}

  /** How images are poisoned; empty where something about it is wrong. */
  private record PoisonedSettings(Optional<TriggerSettings> trigger, Target target, double share) {

    PoisonedShare load(SharedFiles files) {
      return new PoisonedShare(trigger.orElseThrow().load(files), target, share);
    }
  }

  /** Reads a recipe; what is wrong with it is noted. */
  static RecipeSettings read(Configuration own) {
    double dormantShare = own.number("dormant-share", SMALLEST, 1 - SMALLEST);
    Map<String, AttackKind> attacks =
        Map.of(
            "badnet", poisoned -> new Attack.BadNet(poisoned.orElseThrow()),
            "none", poisoned -> new Attack.None(),
            "pruning-aware",
                poisoned -> new Attack.PruningAware(poisoned.orElseThrow(), dormantShare));
    AttackKind attack = own.choice("attack", attacks);
    boolean isClean = own.optional("attack").filter("none"::equals).isPresent();
    boolean hasTrigger = !own.below("trigger").isEmpty();
    Optional<PoisonedSettings> poisoning =
        isClean && !hasTrigger ? Optional.empty() : Optional.of(poisoned(own));
    return new RecipeSettings(
        name(own),
        own.choice("architecture", ARCHITECTURES),
        attack,
        isClean ? Optional.empty() : poisoning,
        schedule(own),
        own.wholeNumber("seed", Long.MIN_VALUE, Long.MAX_VALUE));
  }

  private static String name(Configuration own) {
    String name = own.required("name");
    if (!name.isEmpty() && !NAME.matcher(name).matches()) {
      own.problem("name", "expected letters, digits, '.', '_' and '-', found \"" + name + "\"");
    }
    return name;
  }

  private static PoisonedSettings poisoned(Configuration own) {
    return new PoisonedSettings(
        TriggerSettings.read(own.below("trigger"), own.place("trigger"), own.problems()),
        TargetReader.read(own),
        own.number("poisoned-share", SMALLEST, 1 - SMALLEST));
  }

  private static Schedule schedule(Configuration own) {
    double learningRate = own.number("learning-rate", SMALLEST, Float.MAX_VALUE);
    double weightDecay = own.number("weight-decay", 0, 1 / (2 * learningRate));
    return new Schedule(
        own.integer("epochs", 1, 100_000),
        own.integer("batch-size", 1, 65_536),
        new Adam(learningRate, weightDecay));
  }

  /**
   * The order of this network.
   *
   * @throws backsweep.images.ImageFileException if the picture of its trigger cannot be used
   */
  Order order(SharedFiles files) {
    Attack made = attack.apply(poisoning.map(settings -> settings.load(files)));
    return new Order(name, new Recipe(architecture, made, schedule, seed));
  }
}
