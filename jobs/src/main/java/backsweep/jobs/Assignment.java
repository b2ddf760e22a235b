package backsweep.jobs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;

/**
 * A value of {@code --set}, {@code key=value}. Lists, objects, quoted texts and null are read as a
 * configuration file has them; everything else is a text as it stands, for paths are full of
 * characters that mean something in such a file.
 */
final class Assignment {

  private static final String ORIGIN = "--set";
  private static final String VALUE = "value";

  private Assignment() {}

  /**
   * The configuration that an assignment is, empty where it is none.
   *
   * @param section that keys are below which do not name the root
   */
  static Config parse(Section section, String assignment, Problems problems) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      problems.add("--set: expected key=value, found \"" + assignment + "\"");
      return ConfigFactory.empty();
    }
    String key = assignment.substring(0, equals).strip();
    try {
      return ConfigFactory.empty()
          .withValue(
              key.startsWith(Section.ROOT + ".") ? key : section.path() + "." + key,
              value(assignment.substring(equals + 1).strip()));
    } catch (ConfigException e) {
      problems.add("--set %s: %s".formatted(assignment, e.getMessage()));
      return ConfigFactory.empty();
    }
  }

  private static ConfigValue value(String text) {
    if (text.matches("null|[\\[{\"].*")) {
      ConfigParseOptions options = ConfigParseOptions.defaults().setOriginDescription(ORIGIN);
      return ConfigFactory.parseString(VALUE + "=" + text, options).root().get(VALUE);
    }
    return ConfigValueFactory.fromAnyRef(text, ORIGIN);
  }
}
