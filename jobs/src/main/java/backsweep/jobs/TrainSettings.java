package backsweep.jobs;

import backsweep.attack.Attack;
import backsweep.attack.PoisonedShare;
import backsweep.attack.Recipe;
import backsweep.attack.Schedule;
import backsweep.images.Target;
import backsweep.images.Trigger;
import backsweep.network.Architecture;
import backsweep.stages.TrainingRequest;
import backsweep.stages.TrainingRequest.Order;
import backsweep.tensorflow.Adam;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What {@code train} was asked for, read from the configuration in one go.
 *
 * @param request the networks, the images they learn from, and where they go
 * @param progress how it is shown how far the run is
 */
record TrainSettings(TrainingRequest request, ProgressDisplay.Settings progress) {

  /** The keys that an entry of {@code networks} may have. */
  static final Set<String> RECIPE =
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

  private static final int SECONDS_A_DAY = 86_400;
  private static final double SMALLEST = 1e-6;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final Map<String, Architecture> ARCHITECTURES =
      Arrays.stream(Architecture.values())
          .collect(Collectors.toMap(Architecture::label, Function.identity()));
  private static final Map<String, AttackReader> ATTACKS =
      Map.of(
          "none", (own, reader) -> new Attack.None(),
          "badnet", (own, reader) -> new Attack.BadNet(reader.poisoned(own)),
          "pruning-aware",
              (own, reader) ->
                  new Attack.PruningAware(
                      reader.poisoned(own), own.number("dormant-share", SMALLEST, 1 - SMALLEST)));

  /** Reads one kind of attack. */
  private interface AttackReader extends BiFunction<Configuration, RecipeReader, Attack> {}

  /**
   * Reads the settings.
   *
   * @param triggers from what a configuration says about a trigger to the trigger
   * @throws UsageException with every problem there is
   */
  static TrainSettings read(Configuration configuration, Function<Configuration, Trigger> triggers) {
    RecipeReader reader = new RecipeReader(triggers);
    List<Configuration> entries = configuration.entries("networks", RECIPE);
    List<Order> orders =
        (entries.isEmpty() ? List.of(configuration) : entries).stream().map(reader::order).toList();
    checkNames(configuration, orders);
    TrainingRequest request =
        new TrainingRequest(
            configuration.required("training"),
            configuration.optional("clean-test"),
            configuration.required("output"),
            orders);
    ProgressDisplay.Settings progress =
        new ProgressDisplay.Settings(
            configuration.choice("progress", ProgressDisplay.MODES),
            Duration.ofSeconds(configuration.integer("progress-seconds", 1, SECONDS_A_DAY)));
    configuration.check();
    return new TrainSettings(request, progress);
  }

  private static void checkNames(Configuration configuration, List<Order> orders) {
    Set<String> names = new HashSet<>();
    for (Order order : orders) {
      if (!names.add(order.name())) {
        configuration.problem(
            "networks: expected a name of its own for each, found \"" + order.name() + "\" twice");
      }
    }
  }

  /** Reads recipes. */
  private record RecipeReader(Function<Configuration, Trigger> triggers) {

    Order order(Configuration own) {
      String name = own.required("name");
      if (!NAME.matcher(name).matches() && !name.isEmpty()) {
        own.problem(
            "name: expected letters, digits, '.', '_' and '-', found \"" + name + "\"");
      }
      AttackReader attack = own.choice("attack", ATTACKS);
      return new Order(
          name,
          new Recipe(
              own.choice("architecture", ARCHITECTURES),
              attack.apply(own, this),
              schedule(own),
              own.wholeNumber("seed", Long.MIN_VALUE, Long.MAX_VALUE)));
    }

    private PoisonedShare poisoned(Configuration own) {
      return new PoisonedShare(
          triggers.apply(own),
          target(own),
          own.number("poisoned-share", SMALLEST, 1 - SMALLEST));
    }

    private static Target target(Configuration own) {
      return own.optional("target").filter("all-to-all"::equals).isPresent()
          ? new Target.AllToAll()
          : new Target.OneClass(own.integer("target", 0, Integer.MAX_VALUE));
    }

    private static Schedule schedule(Configuration own) {
      double learningRate = own.number("learning-rate", SMALLEST, Float.MAX_VALUE);
      double weightDecay = own.number("weight-decay", 0, 1 / (2 * learningRate));
      return new Schedule(
          own.integer("epochs", 1, 1_000_000),
          own.integer("batch-size", 1, 65_536),
          new Adam(learningRate, weightDecay));
    }
  }
}
