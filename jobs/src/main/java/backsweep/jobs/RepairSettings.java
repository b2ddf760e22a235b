package backsweep.jobs;

import backsweep.pruning.StoppingRule;
import backsweep.stages.DefenceRequest.Repairs;
import backsweep.stages.VerifyRepairs.Extent;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Which repairs are wanted of a network. */
final class RepairSettings {

  private static final Map<String, Function<BigDecimal, StoppingRule>> RULES =
      Map.of(
          "first-below", StoppingRule.FirstBelow::new, "last-within", StoppingRule.LastWithin::new);

  private static final int MOST_DECIMALS = 9;

  private RepairSettings() {}

  /** Reads the settings; what is wrong with them is noted. */
  static Repairs read(Configuration configuration) {
    return new Repairs(
        rules(configuration),
        configuration.choice("verify", Map.of("first", Extent.FIRST, "full", Extent.FULL)),
        FineTuneSettings.read(configuration));
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
            "drop-percent", "expected numbers above 0 and at most 100, found \"" + text + "\"");
      }
    }
    if (texts.isEmpty()) {
      configuration.problem("drop-percent", "expected at least one number, found none");
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
