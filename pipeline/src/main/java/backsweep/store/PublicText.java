package backsweep.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * Texts as results say them, which others than the person who made them may read. Everything that
 * is written as text goes through here: tables and small files.
 *
 * <ul>
 *   <li>The person's home directory is {@code ~}: paths below it stay paths, without a name.
 *   <li>URIs lose user, password and query: {@code s3a://bucket/n.h5}.
 *   <li>The values of secrets, in the configuration of Spark and Hadoop or in the environment, are
 *       {@code ***}. What is a secret its name says; shorter ones than 8 characters are none.
 * </ul>
 */
public final class PublicText {

  private static final int SHORTEST_SECRET = 8;

  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)(secret|passw(or)?d|token|(secret|access|private|account)[._-]?key)$|(account\\.key|client\\.secret|\\.sas)\\.");

  /**
   * What stands before an at sign in the place of a host, which is no port; Azure has a container
   * in the place of a user.
   */
  private static final Pattern USER =
      Pattern.compile(
          "(?:(?<!abfss?|wasbs?)://[^/\\s\"'@:]+|://[^/\\s\"'@:]*:(?!\\d+/)[^\\s\"'@]*)@");

  /**
   * A question mark and a name, as one alone may stand for a letter; up to what a sentence or a
   * list has behind it.
   */
  private static final Pattern QUERY =
      Pattern.compile("(://[^\\s\"'?]*)\\?[\\w.%~-]+=[^\\s\"']*?(?=[:,;.)}\\]]*(?:[\\s\"']|$))");

  private final List<Pattern> homes;
  private final List<String> secrets;

  /**
   * For this home and environment.
   *
   * @param configuration of Hadoop; that of a session has Spark's settings too
   */
  public PublicText(Configuration configuration) {
    this.homes =
        Stream.of(System.getProperty("user.home"), System.getenv("HOME"))
            .filter(Objects::nonNull)
            .flatMap(PublicText::homes)
            .distinct()
            .map(PublicText::below)
            .toList();
    Set<String> found = new LinkedHashSet<>();
    BiConsumer<String, String> add =
        (name, value) -> {
          if (SECRET.matcher(name).find() && value.length() >= SHORTEST_SECRET) {
            found.add(value);
          }
        };
    System.getenv().forEach(add);
    for (Map.Entry<String, String> setting : configuration) {
      add.accept(setting.getKey(), setting.getValue());
    }
    // One that has another one in it goes first.
    this.secrets =
        found.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  /** A home as it is called and as it is; a root is nobody's. */
  private static Stream<String> homes(String home) {
    Path path = Path.of(home);
    if (!path.isAbsolute() || path.getNameCount() == 0) {
      return Stream.empty();
    }
    try {
      return Stream.of(path.normalize().toString(), path.toRealPath().toString());
    } catch (IOException e) {
      return Stream.of(path.normalize().toString()); // there is none, but its name is a person's
    }
  }

  private static Pattern below(String home) {
    return Pattern.compile("(?<![\\w.~-])(?:file:(?://)?)?" + Pattern.quote(home) + "(?![\\w.~-])");
  }

  /** A text without them. */
  public String of(String text) {
    String result = text;
    for (String secret : secrets) {
      result = result.replace(secret, "***");
    }
    if (result.contains("://")) {
      result = USER.matcher(result).replaceAll("://");
      result = QUERY.matcher(result).replaceAll("$1");
    }
    for (Pattern home : homes) {
      result = home.matcher(result).replaceAll("~");
    }
    return result;
  }
}
