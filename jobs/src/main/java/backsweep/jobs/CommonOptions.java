package backsweep.jobs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options that every command has. */
final class CommonOptions {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A configuration file; the reference files in conf/ name every key.")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "One value of the configuration, such as rule=last-within; repeatable; wins over"
              + " --config.")
  private final List<String> sets = new ArrayList<>();

  @Option(
      names = "--dry-run",
      description = "Print the resolved configuration, check the inputs, compute nothing.")
  private boolean dryRun;

  /** Whether nothing is computed. */
  boolean isDryRun() {
    return dryRun;
  }

  /** The configuration of a command with these options on top. */
  Configuration resolve(Section section, Map<String, Object> options) {
    return Configuration.resolve(section, options, sets, Optional.ofNullable(config));
  }
}
