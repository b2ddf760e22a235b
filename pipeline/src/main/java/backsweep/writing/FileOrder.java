package backsweep.writing;

import backsweep.keras.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order of layers in a file from which a reader finds the calls in the order they have here:
 * where several calls could be next, the layer of the one that is stands before the others.
 */
final class FileOrder {

  private final List<LayerCall> calls;

  /** For each layer those that must stand before it. */
  private final Map<String, Set<String>> before = new LinkedHashMap<>();

  private FileOrder(List<LayerCall> calls) {
    this.calls = calls;
    for (int next = 0; next < calls.size(); next++) {
      before.computeIfAbsent(calls.get(next).name(), name -> new LinkedHashSet<>());
      addRivals(next);
    }
  }

  /**
   * The names of the layers in such an order.
   *
   * @param calls all calls, each after those whose output it takes
   * @param where the file that is to be written, for errors
   * @throws backsweep.network.UnsupportedNetworkException if there is no such order
   */
  static List<String> of(List<LayerCall> calls, String where) {
    return new FileOrder(calls).sorted(where);
  }

  /** Every other call that could stand at this place comes later, and so must its layer. */
  private void addRivals(int next) {
    String layer = calls.get(next).name();
    for (int rival = next + 1; rival < calls.size(); rival++) {
      String other = calls.get(rival).name();
      boolean possible = calls.get(rival).inputs().stream().allMatch(input -> input < next);
      if (possible && !other.equals(layer)) {
        before.computeIfAbsent(other, name -> new LinkedHashSet<>()).add(layer);
      }
    }
  }

  private List<String> sorted(String where) {
    List<String> names = calls.stream().map(LayerCall::name).distinct().toList();
    Set<String> sorted = new LinkedHashSet<>();
    while (sorted.size() < names.size()) {
      String next =
          names.stream()
              .filter(name -> !sorted.contains(name) && sorted.containsAll(before.get(name)))
              .findFirst()
              .orElseThrow(
                  () ->
                      Refusal.of(
                          where,
                          "the order of the calls of " + left(names, sorted),
                          "an order that follows from that of the layers"));
      sorted.add(next);
    }
    return new ArrayList<>(sorted);
  }

  private static List<String> left(List<String> names, Set<String> sorted) {
    return names.stream().filter(name -> !sorted.contains(name)).toList();
  }
}
