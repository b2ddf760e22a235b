package backsweep.jobs;

import backsweep.stages.DefenceRequest.ImageFiles;
import backsweep.stages.DefenceRequest.Reading;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** With which images a network is defended. */
final class ImageSettings {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final Set<String> RESERVED =
      Set.of("clean-validation", "clean-test", "fine-tuning");

  private ImageSettings() {}

  /** Reads the settings; what is wrong with them is noted. */
  static ImageFiles read(Configuration configuration) {
    return new ImageFiles(
        configuration.required("clean-validation"),
        configuration.optional("clean-test"),
        poisoned(configuration),
        reading(configuration));
  }

  private static Reading reading(Configuration configuration) {
    boolean isResized = configuration.choice("resize", Map.of("true", true, "false", false));
    OptionalInt target =
        configuration.optional("target").isPresent()
            ? OptionalInt.of(configuration.integer("target", 0, Integer.MAX_VALUE))
            : OptionalInt.empty();
    return new Reading(LayoutSetting.read(configuration), isResized, target);
  }

  private static Map<String, String> poisoned(Configuration configuration) {
    Map<String, String> poisoned = configuration.textsByName("poisoned");
    for (String name : poisoned.keySet()) {
      if (!NAME.matcher(name).matches() || RESERVED.contains(name)) {
        configuration.problem(
            "poisoned",
            "expected a name of letters, digits, '.', '_' and '-' other than %s, found \"%s\""
                .formatted(String.join(" and ", RESERVED.stream().sorted().toList()), name));
      }
    }
    return poisoned;
  }
}
