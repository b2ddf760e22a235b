package backsweep.network;

import java.util.List;

/** A layer that a person named is not one of those that could be meant; lists these. */
public class UnknownLayerException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * Says which name was not found and which ones there are.
   *
   * @param wanted what the layer should be, such as "convolution"
   * @param name the name that was given
   * @param choices the names that could have been given
   */
  public UnknownLayerException(String wanted, String name, List<String> choices) {
    super("no %s named \"%s\"; there are: %s".formatted(wanted, name, String.join(", ", choices)));
  }

  private UnknownLayerException(String message, UnknownLayerException cause) {
    super(message, cause);
  }

  private UnknownLayerException(String message) {
    super(message);
  }

  /**
   * Says that a layer is no convolution that can be pruned, which ones can, and of a depthwise one
   * why it cannot.
   */
  public static UnknownLayerException convolution(Graph graph, String name) {
    boolean depthwise =
        graph.nodes().stream()
            .anyMatch(
                node -> node.name().equals(name) && node.layer() instanceof DepthwiseConvolution);
    return depthwise
        ? new UnknownLayerException(
            ("the convolution \"%s\" is depthwise: its channels are those of the layer before it;"
                    + " prune that one; there are: %s")
                .formatted(name, String.join(", ", graph.convolutions())))
        : new UnknownLayerException("convolution", name, graph.convolutions());
  }

  /** The same, with the file of the network in front. */
  public UnknownLayerException in(String file) {
    return new UnknownLayerException(file + ": " + getMessage(), this);
  }
}
