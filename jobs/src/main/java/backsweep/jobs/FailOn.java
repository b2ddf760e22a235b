package backsweep.jobs;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** When a sweep ends as one that partly failed. */
enum FailOn {
  /** When anything of any network failed: all of it, a criterion, or a repair. */
  ANY,
  /** When nothing came of any network. */
  ALL,
  /** Never: the report and the tables tell. */
  NEVER;

  /** The choices, by the name each has in options. */
  static final Map<String, FailOn> CHOICES =
      Arrays.stream(values())
          .collect(
              Collectors.toMap(
                  choice -> choice.name().toLowerCase(Locale.ROOT), Function.identity()));

  /** How a sweep of these networks ends. */
  ExitCode end(List<SweptNetwork> networks) {
    boolean hasFailed =
        switch (this) {
          case ANY -> !networks.stream().allMatch(SweptNetwork::isDone);
          case ALL -> networks.stream().noneMatch(SweptNetwork::isDefended);
          case NEVER -> false;
        };
    return hasFailed ? ExitCode.PARTLY_FAILED : ExitCode.DONE;
  }
}
