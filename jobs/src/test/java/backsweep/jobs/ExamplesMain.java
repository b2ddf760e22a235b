package backsweep.jobs;

import backsweep.images.FileHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Runs examples one after the other, in a process of their own: in the folder that is current. */
final class ExamplesMain {

  /** What is written to a file for each: its exit code and itself. */
  private static final String RESULT = "%d %s%n";

  /** A name made of a hash: no other network can have it. */
  private static final String LABS_NETWORK = "bd_net-1a2b3c4d";

  private ExamplesMain() {}

  /** The network in its place, which the examples of {@code defend} are about. */
  private static String network() {
    return "bd_net-" + FileHash.sha256(Path.of("bd_net.h5")).substring(0, 8);
  }

  /**
   * Runs all of them.
   *
   * @param arguments the file where exit codes go
   */
  public static void main(String[] arguments) throws IOException {
    for (String example : HelpExamples.all()) {
      System.out.println("== " + example);
      List<String> words = new ArrayList<>(HelpExamples.arguments(example));
      words.replaceAll(word -> word.replace(LABS_NETWORK, network()));
      if (isCostly(example)) {
        words.add("--dry-run");
      }
      int code = Backsweep.run(words.toArray(String[]::new));
      Files.writeString(
          Path.of(arguments[0]),
          RESULT.formatted(code, example),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
    System.exit(0);
  }

  /** What trains or draws for minutes only says what it would do. */
  static boolean isCostly(String example) {
    return example.contains(" --config ")
        || example.startsWith("backsweep demo")
        || example.startsWith("backsweep images faces");
  }
}
