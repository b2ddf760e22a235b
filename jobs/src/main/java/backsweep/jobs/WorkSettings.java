package backsweep.jobs;

import backsweep.stages.DefenceRequest.Work;
import java.util.regex.Pattern;

/** How the work is done, and where its results go. */
final class WorkSettings {

  private static final Pattern PATTERN = Pattern.compile("[*?\\[\\]{}\\\\]");

  private WorkSettings() {}

  /** Reads the settings; what is wrong with them is noted. */
  static Work read(Configuration configuration) {
    return new Work(
        output(configuration),
        configuration.integer("partitions", 0, 1_000_000),
        configuration.integer("pairs-per-batch", 1, 65_536));
  }

  /** Spark takes a path with one of these characters as a pattern when it reads what it wrote. */
  private static String output(Configuration configuration) {
    String output = configuration.required("output");
    if (PATTERN.matcher(output).find()) {
      configuration.problem(
          "output", "expected a path without any of * ? [ ] { } \\, found \"" + output + "\"");
    }
    return output;
  }
}
