package backsweep.jobs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The resolved configuration of a run of one command: options over {@code --set} over the file over
 * the reference of the command's {@link Section}. Keys are given as they are below that section.
 * Reading a bad value notes a problem and goes on, so that all are reported together.
 */
final class Configuration {

  private static final String ROOT = Section.ROOT;

  private final Section section;
  private final Config config;
  private final Problems problems;
  private final Entry entry;
  private final Set<String> keysRead = new HashSet<>();

  /**
   * The entry of a list that a configuration is of.
   *
   * @param path what a person calls it, such as {@code networks[2]}; empty where it is of none
   * @param keys that it has, and the one that it must have
   */
  private record Entry(String path, Set<String> keys) {

    static final Entry NONE = new Entry("", Set.of());
  }

  private Configuration(Section section, Config config, Problems problems, Entry entry) {
    this.section = section;
    this.config = config;
    this.problems = problems;
    this.entry = entry;
  }

  /**
   * Resolves a configuration.
   *
   * @param section of the command
   * @param options values given as options, by key
   * @param sets values given by {@code --set}, each {@code key=value}
   * @param file the file given by {@code --config}
   */
  static Configuration resolve(
      Section section, Map<String, Object> options, List<String> sets, Optional<Path> file) {
    Problems problems = new Problems();
    Config given = ConfigFactory.empty();
    for (String set : sets) {
      given = Assignment.parse(section, set, problems).withFallback(given);
    }
    given = fromOptions(section, options).withFallback(given);
    given = given.withFallback(file.map(path -> parseFile(path, problems)).orElse(empty()));
    Config config = resolve(given.withFallback(section.defaults()), problems);
    checkKeys(config, problems);
    return new Configuration(section, own(section, config), problems, Entry.NONE);
  }

  /** Keys are taken as they are: a dot in the name of a poisoned set divides nothing. */
  private static Config fromOptions(Section section, Map<String, Object> options) {
    return options.isEmpty()
        ? empty()
        : ConfigValueFactory.fromMap(options, "the command line").atPath(section.path());
  }

  private static Config empty() {
    return ConfigFactory.empty();
  }

  private static Config parseFile(Path path, Problems problems) {
    try {
      Config file =
          ConfigFactory.parseFile(
              path.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
      if (file.root().getOrDefault(ROOT, file.root()) instanceof ConfigObject) {
        return file;
      }
      problems.add(
          "--config %s: expected keys below %s, found a value of its own".formatted(path, ROOT));
    } catch (ConfigException e) {
      problems.add("--config %s: %s".formatted(path, e.getMessage()));
    }
    return empty();
  }

  private static Config resolve(Config config, Problems problems) {
    try {
      return config.resolve();
    } catch (ConfigException e) {
      problems.add(e.getMessage());
      throw problems.exception();
    }
  }

  /** The keys of all commands are checked, so that a file for several has no dead ones. */
  private static void checkKeys(Config config, Problems problems) {
    for (String key : new TreeSet<>(config.root().keySet())) {
      if (!key.equals(ROOT)) {
        problems.add("unknown key %s; every key is below %s".formatted(key, ROOT));
      }
    }
    for (Section section : Section.values()) {
      section.unknownKeys(config).forEach(problems::add);
    }
  }

  /** A section that is no section was reported; its defaults stand in, to find what else is bad. */
  private static Config own(Section section, Config config) {
    try {
      return section.only(config);
    } catch (ConfigException e) {
      return section.defaults();
    }
  }

  /** Notes a problem with all that was read, or with the entry that it is. */
  void problem(String problem) {
    problems.add(entry.path().isEmpty() ? problem : entry.path() + ": " + problem);
  }

  /** Notes a problem with the value of a key: once, where entries have it from outside. */
  void problem(String key, String problem) {
    problems.add(place(key) + ": " + problem);
  }

  /** What a person calls a key: of an entry the path to it, if it is there that it has a value. */
  String place(String key) {
    return entry.keys().contains(key) ? entry.path() + "." + key : key;
  }

  /** Where problems with what was read go. */
  Problems problems() {
    return problems;
  }

  /** The keys below a key; none where it is missing. */
  Config below(String key) {
    return has(key) ? read(key, config::getConfig, ConfigFactory.empty()) : ConfigFactory.empty();
  }

  /**
   * Reports all problems together.
   *
   * @throws UsageException if there are any
   */
  void check() {
    problems.throwIfAny();
  }

  /** A text that may be missing, but not empty. */
  Optional<String> optional(String key) {
    Optional<String> value = given(key);
    if (value.filter(String::isBlank).isPresent()) {
      problem(key, "expected a value, found an empty one");
    }
    return value.filter(text -> !text.isBlank());
  }

  /** A text that must be there; given by an option of the same name. */
  String required(String key) {
    Optional<String> value = optional(key);
    if (given(key).isEmpty() && entry.keys().contains(key)) {
      problem(key, "expected a value, found none");
    } else if (given(key).isEmpty()) {
      problems.add(
          "--%s is required (or %s.%s in a configuration)".formatted(key, section.path(), key));
    }
    return value.orElse("");
  }

  private Optional<String> given(String key) {
    return has(key) ? Optional.of(read(key, config::getString, "?")) : Optional.empty();
  }

  /** A whole number within limits. */
  int integer(String key, int least, int most) {
    return (int) wholeNumber(key, least, most);
  }

  /** A whole number within limits, which may be beyond those of an int. */
  long wholeNumber(String key, long least, long most) {
    String value = given(key).orElse("null");
    try {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, as a number out of range is.
    }
    problem(
        key, "expected a whole number from %d to %d, found \"%s\"".formatted(least, most, value));
    return least;
  }

  /** One of some choices, by the name each has. */
  <T> T choice(String key, Map<String, T> choices) {
    String value = given(key).orElse("null");
    if (!choices.containsKey(value)) {
      problem(
          key,
          "expected one of %s, found \"%s\""
              .formatted(String.join(", ", new TreeSet<>(choices.keySet())), value));
    }
    return choices.getOrDefault(value, choices.values().iterator().next());
  }

  /** A number within limits. */
  double number(String key, double least, double most) {
    String value = given(key).orElse("null");
    try {
      double number = Double.parseDouble(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, as a number out of range is.
    }
    problem(key, "expected a number from %s to %s, found \"%s\"".formatted(least, most, value));
    return least;
  }

  /**
   * The entries of a list of objects, each with what it leaves out from this configuration.
   * Problems with what an entry has say which one it is.
   *
   * @param keys that an entry may have
   * @param required the one of them that no entry can leave out
   */
  List<Configuration> entries(String key, Set<String> keys, String required) {
    List<? extends ConfigObject> objects =
        read(key, config::getObjectList, List.<ConfigObject>of());
    List<Configuration> entries = new ArrayList<>();
    for (ConfigObject object : objects) {
      String path = "%s[%d]".formatted(key, entries.size());
      for (String unknown : new TreeSet<>(object.keySet())) {
        if (!keys.contains(unknown)) {
          problems.add(
              "unknown key %s.%s; there are: %s"
                  .formatted(path, unknown, String.join(", ", new TreeSet<>(keys))));
        }
      }
      Set<String> own = new HashSet<>(object.keySet());
      own.add(required);
      entries.add(new Configuration(section, over(object), problems, new Entry(path, own)));
    }
    return entries;
  }

  /** This configuration with other values; an object replaces one, they are not mixed. */
  private Config over(ConfigObject values) {
    Config rest = config;
    for (String key : values.keySet()) {
      rest = rest.withoutPath(section.path() + "." + ConfigUtil.quoteString(key));
    }
    return values.toConfig().atPath(section.path()).withFallback(rest);
  }

  /** Texts, of a list or of a text with commas. */
  List<String> texts(String key) {
    return read(
        key,
        path -> {
          boolean isList = config.getValue(path).unwrapped() instanceof List;
          return isList ? config.getStringList(path) : List.of(config.getString(path).split(","));
        },
        List.of());
  }

  /** Texts by a name of the person's choice, in the order of the names. */
  Map<String, String> textsByName(String key) {
    return read(
        key,
        path ->
            config.getConfig(path).entrySet().stream()
                .collect(
                    Collectors.toMap(
                        entry -> String.join(".", ConfigUtil.splitPath(entry.getKey())),
                        entry -> String.valueOf(entry.getValue().unwrapped()),
                        (one, other) -> other,
                        TreeMap::new)),
        new TreeMap<>());
  }

  /** The keys that were asked for, below the section. */
  Set<String> keysRead() {
    return Set.copyOf(keysRead);
  }

  private boolean has(String key) {
    keysRead.add(key);
    return config.hasPath(section.path() + "." + key);
  }

  private <T> T read(String key, Function<String, T> reader, T otherwise) {
    keysRead.add(key);
    try {
      return reader.apply(section.path() + "." + key);
    } catch (ConfigException e) {
      problems.add(place(key).equals(key) ? e.getMessage() : place(key) + ": " + e.getMessage());
      return otherwise;
    }
  }

  /** The configuration as it was resolved, one key a line. */
  String render() {
    ConfigRenderOptions options =
        ConfigRenderOptions.defaults().setOriginComments(false).setComments(false).setJson(false);
    return config.root().render(options);
  }

  /** The configuration as JSON on one line. */
  String json() {
    return config.root().render(ConfigRenderOptions.concise());
  }
}
