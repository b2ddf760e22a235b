package backsweep.jobs;

import backsweep.pruning.StoppingRule;
import backsweep.stages.DefenceRequest;
import backsweep.stages.DefenceRequest.ImageFiles;
import backsweep.stages.DefenceRequest.NetworkFile;
import backsweep.stages.DefenceRequest.Reading;
import backsweep.stages.DefenceRequest.Repairs;
import backsweep.stages.DefenceRequest.Work;
import backsweep.stages.Strip;
import backsweep.stages.VerifyRepairs.Extent;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What {@code defend} was asked for, read from the configuration in one go.
 *
 * @param request what is defended, with what, into which output
 * @param criteria in which orders it is pruned
 * @param progress how it is shown how far the run is
 */
record DefendSettings(
    DefenceRequest request, CriteriaSettings criteria, ProgressDisplay.Settings progress) {

  private static final Map<String, Function<BigDecimal, StoppingRule>> RULES =
      Map.of(
          "first-below", StoppingRule.FirstBelow::new, "last-within", StoppingRule.LastWithin::new);

  private static final Pattern PATTERN = Pattern.compile("[*?\\[\\]{}\\\\]");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final Set<String> RESERVED =
      Set.of("clean-validation", "clean-test", "fine-tuning");

  private static final int MOST_DECIMALS = 9;

  /**
   * Reads the settings.
   *
   * @throws UsageException with every problem there is
   */
  static DefendSettings read(Configuration configuration) {
    NetworkFile network =
        new NetworkFile(
            configuration.required("network"),
            configuration.optional("architecture"),
            inputScale(configuration),
            configuration.optional("layer"),
            configuration.optional("statistics-layer"));
    ImageFiles images =
        new ImageFiles(
            configuration.required("clean-validation"),
            configuration.optional("clean-test"),
            poisoned(configuration),
            reading(configuration));
    Repairs repairs =
        new Repairs(
            rules(configuration),
            configuration.choice("verify", Map.of("first", Extent.FIRST, "full", Extent.FULL)),
            FineTuneSettings.read(configuration));
    Work work =
        new Work(
            output(configuration),
            configuration.integer("partitions", 0, 1_000_000),
            configuration.integer("pairs-per-batch", 1, 65_536));
    CriteriaSettings criteria = CriteriaSettings.read(configuration);
    if (criteria.isUnpruned() && repairs.fineTune().isEmpty()) {
      configuration.problem("criterion: \"none\" needs fine-tuning (--fine-tune FILE)");
    }
    Optional<Strip> strip = DetectorSettings.read(configuration);
    ProgressDisplay.Settings progress = ProgressDisplay.Settings.read(configuration);
    configuration.check();
    return new DefendSettings(
        new DefenceRequest(network, images, repairs, work, strip), criteria, progress);
  }

  private static Reading reading(Configuration configuration) {
    boolean isResized = configuration.choice("resize", Map.of("true", true, "false", false));
    OptionalInt target =
        configuration.optional("target").isPresent()
            ? OptionalInt.of(configuration.integer("target", 0, Integer.MAX_VALUE))
            : OptionalInt.empty();
    return new Reading(LayoutSetting.read(configuration), isResized, target);
  }

  /** Spark takes a path with one of these characters as a pattern when it reads what it wrote. */
  private static String output(Configuration configuration) {
    String output = configuration.required("output");
    if (PATTERN.matcher(output).find()) {
      configuration.problem(
          "output: expected a path without any of * ? [ ] { } \\, found \"" + output + "\"");
    }
    return output;
  }

  private static float inputScale(Configuration configuration) {
    String text = configuration.optional("input-scale").orElse("1");
    try {
      float scale = Float.parseFloat(text);
      if (scale > 0 && Float.isFinite(scale)) {
        return scale;
      }
    } catch (NumberFormatException e) {
      // Reported below, as a number out of range is.
    }
    configuration.problem("input-scale: expected a number above 0, found \"" + text + "\"");
    return 1;
  }

  private static Map<String, String> poisoned(Configuration configuration) {
    Map<String, String> poisoned = configuration.textsByName("poisoned");
    for (String name : poisoned.keySet()) {
      if (!NAME.matcher(name).matches() || RESERVED.contains(name)) {
        configuration.problem(
            "poisoned: expected a name of letters, digits, '.', '_' and '-' other than %s, found \"%s\""
                .formatted(String.join(" and ", RESERVED.stream().sorted().toList()), name));
      }
    }
    return poisoned;
  }

  private static List<StoppingRule> rules(Configuration configuration) {
    Function<BigDecimal, StoppingRule> rule = configuration.choice("rule", RULES);
    List<String> texts = configuration.texts("drop-percent");
    Set<StoppingRule> rules = new LinkedHashSet<>();
    for (String text : texts) {
      try {
        rules.add(rule.apply(decimal(text)));
      } catch (IllegalArgumentException e) {
        configuration.problem(
            "drop-percent: expected numbers above 0 and at most 100, found \"" + text + "\"");
      }
    }
    if (texts.isEmpty()) {
      configuration.problem("drop-percent: expected at least one number, found none");
    }
    return List.copyOf(rules);
  }

  /** As names of files spell it; what nobody could read there is no number. */
  private static BigDecimal decimal(String text) {
    BigDecimal number = new BigDecimal(text.strip()).stripTrailingZeros();
    if (number.scale() > MOST_DECIMALS) {
      throw new NumberFormatException("more than " + MOST_DECIMALS + " decimals: " + text);
    }
    return number;
  }
}
