package backsweep.jobs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The part of a configuration that belongs to one command. One file can hold the parts of several
 * commands, and each reads only its own. A reference file in {@code conf/} names every key of a
 * part.
 */
enum Section {
  /** Keys of {@code defend} and {@code sweep}, directly below the root. */
  DEFEND("", "reference.conf"),
  /** Keys of {@code images faces}. */
  FACES("faces", "reference-faces.conf"),
  /** Keys of {@code demo}. */
  DEMO("demo", "reference-demo.conf"),
  /** Keys of {@code poison}. */
  POISON("poison", "reference-poison.conf"),
  /** Keys of {@code train}. */
  TRAIN("train", "reference-train.conf"),
  /** Keys of {@code classify}. */
  CLASSIFY("classify", "reference-classify.conf");

  /** Every key is below this one. */
  static final String ROOT = "backsweep";

  private static final String RESOURCES = "backsweep/";
  private static final ConfigValue NOTHING = ConfigFactory.empty().root();

  private final String name;
  private final String reference;

  Section(String name, String reference) {
    this.name = name;
    this.reference = reference;
  }

  /** The key that all keys of this part are below. */
  String path() {
    return name.isEmpty() ? ROOT : ROOT + "." + name;
  }

  /** Every key with its default, from the root on. */
  Config defaults() {
    return ConfigFactory.parseResources(Section.class.getClassLoader(), RESOURCES + reference);
  }

  /** The keys there are, without the path before them. */
  Set<String> keys() {
    return new TreeSet<>(defaults().getObject(path()).keySet());
  }

  /** What a configuration has below this part that is no key of it, and no other part's name. */
  List<String> unknownKeys(Config config) {
    ConfigObject root = config.getObject(ROOT);
    ConfigValue own = name.isEmpty() ? root : root.getOrDefault(name, NOTHING);
    if (!(own instanceof ConfigObject object)) {
      return List.of("%s: expected keys below it, found a value of its own".formatted(path()));
    }
    Set<String> known = keys();
    return new TreeSet<>(object.keySet())
        .stream()
            .filter(key -> !known.contains(key) && !(name.isEmpty() && names().contains(key)))
            .map(key -> unknown(key, object.get(key), known))
            .toList();
  }

  private String unknown(String key, ConfigValue value, Set<String> known) {
    String sections =
        name.isEmpty() && value instanceof ConfigObject
            ? "; keys of other commands are below: " + String.join(", ", names())
            : "";
    return "unknown key %s.%s; there are: %s%s"
        .formatted(path(), key, String.join(", ", known), sections);
  }

  /** A configuration with nothing but the keys of this part, from the root on. */
  Config only(Config config) {
    Config own = config.getConfig(path());
    for (String other : name.isEmpty() ? names() : Set.<String>of()) {
      own = own.withoutPath(other);
    }
    return own.atPath(path());
  }

  private static Set<String> names() {
    return Arrays.stream(values())
        .map(section -> section.name)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
