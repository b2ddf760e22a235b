package backsweep.jobs;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** When a sweep ends as one that partly failed. */
enum FailOn {
  /** When a network failed. */
  ANY,
  /** When all networks failed. */
  ALL,
  /** Never: the report and the tables tell. */
  NEVER;

  /** The choices, by the name each has in options. */
  static final Map<String, FailOn> CHOICES =
      Arrays.stream(values())
          .collect(
              Collectors.toMap(
                  choice -> choice.name().toLowerCase(Locale.ROOT), Function.identity()));

  /**
   * How a sweep ends.
   *
   * @param done networks that were defended
   * @param networks there are
   */
  ExitCode end(int done, int networks) {
    boolean hasFailed =
        switch (this) {
          case ANY -> done < networks;
          case ALL -> done == 0;
          case NEVER -> false;
        };
    return hasFailed ? ExitCode.PARTLY_FAILED : ExitCode.DONE;
  }
}
