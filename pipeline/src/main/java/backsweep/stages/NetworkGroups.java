package backsweep.stages;

import java.util.ArrayList;
import java.util.List;

/**
 * Networks that go through the blocks of a task side by side, so that blocks are read once for all
 * of them: a few, whose models an executor has open at a time.
 */
final class NetworkGroups {

  /** The most networks of a task. */
  static final int SIZE = 4;

  private NetworkGroups() {}

  /** A list cut into groups, in its order. */
  static <T> List<List<T>> of(List<T> networks) {
    List<List<T>> groups = new ArrayList<>();
    for (int first = 0; first < networks.size(); first += SIZE) {
      groups.add(List.copyOf(networks.subList(first, Math.min(networks.size(), first + SIZE))));
    }
    return groups;
  }
}
