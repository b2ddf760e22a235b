package backsweep.network;

import java.io.Serializable;
import java.util.List;

/**
 * One application of a layer in a graph.
 *
 * <p>A Keras layer with a fused activation gives two nodes of the same name and call; a layer that
 * is called several times gives nodes of the same name and different calls, which share their
 * variables.
 *
 * @param name the Keras layer's name, with the names of the models around it before a slash
 * @param call which call of that layer this is, from 0
 * @param layer what it computes
 * @param inputs the nodes whose outputs it takes, by their index in the graph
 * @param shape the output's shape, without the image axis
 */
public record Node(String name, int call, Layer layer, List<Integer> inputs, Shape shape)
    implements Serializable {

  /** Copies the inputs. */
  public Node {
    inputs = List.copyOf(inputs);
  }
}
