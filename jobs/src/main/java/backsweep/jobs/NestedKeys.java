package backsweep.jobs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Keys below a key, which may differ from one to the next of a list. Reading a bad value notes a
 * problem, names the key from {@code path} on, and goes on. Only keys that are read are known.
 */
final class NestedKeys {

  private final Config config;
  private final String path;
  private final Problems problems;
  private final Set<String> known = new HashSet<>();

  /**
   * The keys of a part of a configuration.
   *
   * @param path what a person calls that part, such as {@code trigger}
   */
  NestedKeys(Config config, String path, Problems problems) {
    this.config = config;
    this.path = path;
    this.problems = problems;
  }

  /** Notes a problem with the value of a key. */
  void problem(String key, String problem) {
    problems.add("%s.%s: %s".formatted(path, key, problem));
  }

  /** Whether a key has a value. */
  boolean has(String key) {
    known.add(key);
    return config.hasPath(key);
  }

  /** Whether any of some keys has a value. */
  boolean hasAny(String... keys) {
    known.addAll(List.of(keys));
    return Stream.of(keys).anyMatch(this::has);
  }

  /** A text that may be missing, but not empty. */
  Optional<String> text(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    try {
      String text = config.getString(key);
      if (text.isBlank()) {
        problem(key, "expected a value, found an empty one");
      }
      return Optional.of(text);
    } catch (ConfigException e) {
      problems.add(e.getMessage());
      return Optional.of("");
    }
  }

  /** Texts, of a list or of a single value. */
  List<String> texts(String key, List<String> otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    try {
      boolean isList = config.getValue(key).unwrapped() instanceof List;
      return isList ? config.getStringList(key) : List.of(config.getString(key));
    } catch (ConfigException e) {
      problems.add(e.getMessage());
      return otherwise;
    }
  }

  /** A whole number from some least one on. */
  int integer(String key, int least, int otherwise) {
    return (int) whole(key, new Range(least, Integer.MAX_VALUE), otherwise);
  }

  /** A whole number of any size. */
  long whole(String key, long otherwise) {
    return whole(key, new Range(Long.MIN_VALUE, Long.MAX_VALUE), otherwise);
  }

  private record Range(long least, long most) {}

  private long whole(String key, Range range, long otherwise) {
    Optional<String> text = text(key);
    try {
      long number = text.isPresent() ? Long.parseLong(text.get().strip()) : otherwise;
      if (number >= range.least() && number <= range.most()) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, as a number out of range is.
    }
    problem(
        key,
        "expected a whole number from %d to %d, found \"%s\""
            .formatted(range.least(), range.most(), text.orElse("")));
    return otherwise;
  }

  /** A number, whose range is somebody else's to check; NaN where it is none. */
  double number(String key, double otherwise) {
    Optional<String> text = text(key);
    try {
      return text.isPresent() ? Double.parseDouble(text.get()) : otherwise;
    } catch (NumberFormatException e) {
      problem(key, "expected a number, found \"%s\"".formatted(text.get()));
      return otherwise;
    }
  }

  /** One of some choices, by the name each has; empty where it is missing or none of them. */
  <T> Optional<T> choice(String key, Map<String, T> choices) {
    Optional<String> text = text(key);
    if (text.isPresent() && !choices.containsKey(text.get())) {
      problem(
          key,
          "expected one of %s, found \"%s\""
              .formatted(String.join(", ", new TreeSet<>(choices.keySet())), text.get()));
    }
    return text.map(choices::get);
  }

  /**
   * Notes every key that nobody asked for.
   *
   * @param whose what the known keys belong to, such as {@code a picture}
   */
  void refuseOthers(String whose) {
    for (String key : new TreeSet<>(config.root().keySet())) {
      if (!known.contains(key)) {
        problems.add(
            "unknown key %s.%s; %s has: %s"
                .formatted(path, key, whose, String.join(", ", new TreeSet<>(known))));
      }
    }
  }
}
