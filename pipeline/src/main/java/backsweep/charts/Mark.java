package backsweep.charts;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A place on the horizontal axis that something is said about.
 *
 * @param x where
 * @param text what; empty where it is said at one nearby
 */
public record Mark(double x, String text) {

  /**
   * The same places, of which those that are nearer than a distance to the one before say together
   * at the first of them what they say, by commas.
   *
   * @param marks from left to right
   */
  public static List<Mark> sharing(List<Mark> marks, double distance) {
    List<List<Mark>> groups = new ArrayList<>();
    double last = Double.NEGATIVE_INFINITY;
    for (Mark mark : marks) {
      if (mark.x() - last >= distance) {
        groups.add(new ArrayList<>());
      }
      groups.get(groups.size() - 1).add(mark);
      last = mark.x();
    }
    return groups.stream().flatMap(group -> shared(group).stream()).toList();
  }

  private static List<Mark> shared(List<Mark> group) {
    List<Mark> marks = new ArrayList<>();
    String text = group.stream().map(Mark::text).collect(Collectors.joining(", "));
    for (Mark mark : group) {
      marks.add(new Mark(mark.x(), marks.isEmpty() ? text : ""));
    }
    return marks;
  }
}
