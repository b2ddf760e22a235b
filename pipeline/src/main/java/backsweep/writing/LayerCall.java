package backsweep.writing;

import backsweep.network.Activation;
import backsweep.network.Layer;
import java.util.List;
import java.util.Optional;

/**
 * A call of a Keras layer: one node of a graph, or two where the layer has a fused activation.
 *
 * @param name the layer's name
 * @param layer what it computes, without its fused activation
 * @param fused its fused activation
 * @param call which call of the layer this is, from 0
 * @param inputs the calls whose outputs it takes, by their place in the list of all calls
 */
record LayerCall(
    String name, Layer layer, Optional<Activation> fused, int call, List<Integer> inputs) {

  /** Copies the inputs. */
  LayerCall {
    inputs = List.copyOf(inputs);
  }

  /** The same call of a layer with this fused activation. */
  LayerCall fusedWith(Activation activation) {
    return new LayerCall(name, layer, Optional.of(activation), call, inputs);
  }

  /** Whether both are calls of one layer that computes the same in both. */
  boolean isOfSameLayer(LayerCall other) {
    return name.equals(other.name) && layer.equals(other.layer) && fused.equals(other.fused);
  }
}
