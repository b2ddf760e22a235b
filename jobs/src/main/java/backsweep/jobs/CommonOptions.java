package backsweep.jobs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options that every command has. */
final class CommonOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

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

  /** The configuration of a command with the options that were given to it on top. */
  Configuration resolve(Section section) {
    return resolve(section, Map.of());
  }

  /**
   * The configuration of a command with the options that were given to it on top. An option has the
   * name of its key.
   *
   * @param others what was made of options that are no plain values, by key
   */
  Configuration resolve(Section section, Map<String, Object> others) {
    Map<String, Object> given = new LinkedHashMap<>();
    for (OptionSpec option : command.commandLine().getParseResult().matchedOptions()) {
      String key = option.longestName().substring("--".length());
      if (section.keys().contains(key)) {
        given.put(key, option.getValue());
      }
    }
    given.putAll(others);
    return Configuration.resolve(section, given, sets, Optional.ofNullable(config));
  }
}
