package backsweep.keras;

import backsweep.network.Graph;
import backsweep.testing.SmallModels;

/** Writes small architectures as Keras 2 does. */
final class KerasJson {

  private KerasJson() {}

  /** A functional model of Keras 2 with an input of 6x6x2, these layers and this output. */
  static String functional(String layers, String output) {
    return """
        {"class_name": "Model", "config": {"name": "m", "layers": [
          {"class_name": "InputLayer", "name": "in", "inbound_nodes": [],
           "config": {"batch_input_shape": [null, 6, 6, 2], "dtype": "float32", "name": "in"}}, %s],
          "input_layers": [["in", 0, 0]], "output_layers": [["%s", 0, 0]]}}
        """
        .formatted(layers, output);
  }

  static String layer(String kind, String name, String options, String... calls) {
    return """
        {"class_name": "%s", "name": "%s", "config": {"name": "%s" %s}, "inbound_nodes": [%s]}
        """
        .formatted(kind, name, name, options, String.join(", ", calls));
  }

  /** A call with the first outputs of these layers. */
  static String call(String... inputs) {
    StringBuilder call = new StringBuilder();
    for (String input : inputs) {
      call.append(call.isEmpty() ? "[" : ", ").append("[\"%s\", 0, 0, {}]".formatted(input));
    }
    return call + "]";
  }

  /** A model of one layer, called with the input. */
  static Graph single(String kind, String options) {
    return SmallModels.graph(functional(layer(kind, "it", options, call("in")), "it"));
  }
}
