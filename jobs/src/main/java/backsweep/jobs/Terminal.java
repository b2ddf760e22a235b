package backsweep.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Whether standard error is a terminal and how wide it is. {@link System#console} asks about
 * standard input and output, either of which may well be a file while a person looks on.
 */
final class Terminal {

  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");
  private static final Pattern DEVICE = Pattern.compile("/dev/(pts/\\d+|tty\\w*|console)");
  private static final int USUAL_COLUMNS = 80;
  private static final int FEWEST_COLUMNS = 20;

  private Terminal() {}

  /** The columns of the terminal that standard error is; empty where it is none. */
  static OptionalInt columns() {
    try {
      String device = Files.readSymbolicLink(STANDARD_ERROR).toString();
      return columns(device, System.getenv());
    } catch (IOException | UnsupportedOperationException e) {
      return OptionalInt.empty();
    }
  }

  /** The columns of a device, as its environment has them; empty if no line can be rewritten. */
  static OptionalInt columns(String device, Map<String, String> environment) {
    String type = environment.getOrDefault("TERM", "dumb");
    if (!DEVICE.matcher(device).matches() || type.isEmpty() || type.equals("dumb")) {
      return OptionalInt.empty();
    }
    String columns = environment.getOrDefault("COLUMNS", "");
    int number = columns.matches("[1-9]\\d{0,4}") ? Integer.parseInt(columns) : USUAL_COLUMNS;
    return OptionalInt.of(Math.max(FEWEST_COLUMNS, number));
  }
}
