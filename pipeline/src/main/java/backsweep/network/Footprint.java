package backsweep.network;

/**
 * What a network takes to run one image: a few numbers in its architecture can ask for more memory
 * than any machine has, so it is known before anything runs.
 */
public final class Footprint {

  /** The most values a layer may answer for one image: 128 MiB of float32. */
  public static final int MOST_OF_A_LAYER = 1 << 25;

  /** The most values all layers together may answer for one image: 8 GiB of float32. */
  public static final long MOST_OF_ALL = 1L << 31;

  private Footprint() {}

  /**
   * Checks what all layers of a graph answer for one image.
   *
   * @param where the file it is from, for errors
   * @throws UnsupportedNetworkException if it is too much
   */
  public static void check(Graph graph, String where) {
    long all = 0;
    for (Node node : graph.nodes()) {
      all += node.shape().size();
      if (node.layer() instanceof DepthwiseConvolution depthwise) {
        checkDilated(depthwise, graph.node(node.inputs().get(0)).shape(), where, node.name());
      }
      if (node.shape().size() > MOST_OF_A_LAYER) {
        throw new UnsupportedNetworkException(
            "%s, layer %s: expected at most %d values for an image, found an output of shape %s"
                .formatted(where, node.name(), MOST_OF_A_LAYER, node.shape()));
      }
    }
    if (all > MOST_OF_ALL) {
      throw new UnsupportedNetworkException(
          "%s: expected layers with at most %d values for an image in all, found %d"
              .formatted(where, MOST_OF_ALL, all));
    }
  }

  /** Its kernel runs with zeros in the place of its dilation. */
  private static void checkDilated(
      DepthwiseConvolution layer, Shape input, String where, String name) {
    double rows = 1.0 + (layer.window().height() - 1.0) * layer.rowDilation();
    double columns = 1.0 + (layer.window().width() - 1.0) * layer.columnDilation();
    double values = rows * columns * input.channels() * layer.multiplier();
    if (values > MOST_OF_A_LAYER) {
      throw new UnsupportedNetworkException(
          "%s, layer %s: expected a dilated kernel of at most %d values, found %.0f"
              .formatted(where, name, MOST_OF_A_LAYER, values));
    }
  }
}
