package backsweep.network;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A graph cut in two where channels are masked. The <em>prefix</em> goes from the images to the
 * tensors that cross the cut; the <em>suffix</em> takes these and a mask and gives the answer.
 *
 * @param masks the nodes whose output is masked, one for every call of the convolution
 * @param heads those of the masks that depend on no other mask: the tensors that are masked as they
 *     cross
 * @param crossing every tensor that crosses, heads included, in the order of the nodes
 * @param suffix the nodes computed behind the cut, in order
 */
public record Cut(
    List<Integer> masks, List<Integer> heads, List<Integer> crossing, List<Integer> suffix)
    implements Serializable {

  /** Copies the lists. */
  public Cut {
    masks = List.copyOf(masks);
    heads = List.copyOf(heads);
    crossing = List.copyOf(crossing);
    suffix = List.copyOf(suffix);
  }

  /** Cuts a graph behind these nodes. */
  public static Cut behind(Graph graph, List<Integer> masks) {
    boolean[] depends = graph.dependingOn(masks);
    List<Integer> suffix =
        IntStream.range(0, graph.size()).filter(node -> depends[node]).boxed().toList();
    List<Integer> heads = masks.stream().filter(node -> !depends[node]).sorted().toList();
    Set<Integer> wanted = new HashSet<>(heads);
    suffix.forEach(node -> wanted.addAll(graph.node(node).inputs()));
    List<Integer> crossing = wanted.stream().filter(node -> !depends[node]).sorted().toList();
    return new Cut(masks, heads, crossing, suffix);
  }

  /**
   * Whether every masked tensor crosses the cut, so that a channel which is 0 in all of them can be
   * pruned without changing the answer. Not so where one call of the convolution feeds another.
   */
  public boolean masksAllCross() {
    return heads.size() == masks.size();
  }
}
