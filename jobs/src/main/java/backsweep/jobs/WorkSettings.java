package backsweep.jobs;

import backsweep.stages.DefenceRequest.Work;
import java.util.Map;
import java.util.regex.Pattern;

/** How the work is done, and where its results go. */
final class WorkSettings {

  private static final Pattern PATTERN = Pattern.compile("[*?\\[\\]{}\\\\]");

  private WorkSettings() {}

  /** Reads the settings; what is wrong with them is noted. */
  static Work read(Configuration configuration) {
    return new Work(
        checkedOutput(configuration, configuration.required("output")),
        configuration.integer("partitions", 0, 1_000_000),
        configuration.integer("pairs-per-batch", 1, 65_536),
        configuration.choice("retry-failed", Map.of("true", true, "false", false)));
  }

  /** Spark takes a path with one of these characters as a pattern when it reads what it wrote. */
  static String checkedOutput(Configuration configuration, String output) {
    if (PATTERN.matcher(output).find()) {
      configuration.problem(
          "output", "expected a path without any of * ? [ ] { } \\, found \"" + output + "\"");
    }
    return output;
  }
}
