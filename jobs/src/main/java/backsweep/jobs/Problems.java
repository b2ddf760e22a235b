package backsweep.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Everything wrong with a configuration, collected so that a person mends it in one go. */
final class Problems {

  private final List<String> found = new ArrayList<>();

  /** Notes a problem: what was expected, what was found, and where. */
  void add(String problem) {
    found.add(problem);
  }

  /** How many there are so far. */
  int count() {
    return found.size();
  }

  /**
   * Reports all problems together.
   *
   * @throws UsageException if there are any
   */
  void throwIfAny() {
    if (!found.isEmpty()) {
      throw exception();
    }
  }

  /** All problems together, each once, where nothing more can be read. */
  UsageException exception() {
    return new UsageException(found.stream().distinct().collect(Collectors.joining("\n")));
  }
}
