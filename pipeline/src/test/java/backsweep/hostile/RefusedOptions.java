package backsweep.hostile;

import backsweep.hostile.RefusedNetworks.Maker;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One architecture for everything in sound networks of which the README says it is refused. */
final class RefusedOptions {

  private static final String INPUT =
      "{\"class_name\": \"InputLayer\", \"name\": \"in\", \"inbound_nodes\": [], \"config\":"
          + " {\"name\": \"in\", \"batch_input_shape\": %s, \"dtype\": \"%s\"}}";

  private static final String LAYER =
      "{\"class_name\": \"%s\", \"name\": \"it\", \"config\": {\"name\": \"it\" %s},"
          + " \"inbound_nodes\": [[[\"in\", 0, 0, {%s}]]]}";

  private static final String SUM =
      "{\"class_name\": \"Add\", \"name\": \"it\", \"config\": {\"name\": \"it\"},"
          + " \"inbound_nodes\": [[%s]]}";

  private static final String OUTPUT = "[\"it\", 0, 0]";
  private static final String FIXED = "[null, 6, 6, 2]";

  private RefusedOptions() {}

  /** By what the README calls them. */
  static Map<String, Maker> all() {
    Map<String, Maker> all = new LinkedHashMap<>();
    all.put("other activations", layer("Activation", ", \"activation\": \"cubic\""));
    all.put("other options", layer("Flatten", ", \"order\": [2, 1]"));
    all.put("`channels_first`", layer("Flatten", ", \"data_format\": \"channels_first\""));
    all.put("other types of numbers", layer("Flatten", ", \"dtype\": \"float64\""));
    all.put(
        "`DepthwiseConv2D` with two strides",
        layer("DepthwiseConv2D", ", \"kernel_size\": 3, \"strides\": [2, 1]"));
    all.put(
        "`UpSampling2D` other than nearest and bilinear",
        layer("UpSampling2D", ", \"size\": 2, \"interpolation\": \"bicubic\""));
    all.put(
        "inputs of integers that are not rescaled first",
        model(FIXED, "uint8", LAYER.formatted("Flatten", "", ""), OUTPUT));
    all.put(
        "inputs of no fixed size",
        model("[null, null, 6, 2]", "float32", LAYER.formatted("Flatten", "", ""), OUTPUT));
    all.put(
        "several inputs or outputs",
        model(FIXED, "float32", LAYER.formatted("Flatten", "", ""), OUTPUT + ", [\"in\", 0, 0]"));
    all.put("a single score", layer("Dense", ", \"units\": 1", "[null, 6]"));
    all.put(
        "a call that says `training=True`",
        model(FIXED, "float32", LAYER.formatted("Flatten", "", "\"training\": true"), OUTPUT));
    all.put("more than 4,000 calls of layers", RefusedNetworks.architecture(chain(4_001)));
    all.put(
        "layers that take more than 10,000 tensors together",
        RefusedNetworks.architecture(sum(10_001)));
    return all;
  }

  /** A model of a layer that takes its input so many times. */
  private static String sum(int times) {
    String inputs = String.join(",", Collections.nCopies(times, "[\"in\", 0, 0, {}]"));
    return text(FIXED, "float32", SUM.formatted(inputs), OUTPUT);
  }

  private static Maker layer(String className, String options) {
    return layer(className, options, FIXED);
  }

  private static Maker layer(String className, String options, String shape) {
    return model(shape, "float32", LAYER.formatted(className, options, ""), OUTPUT);
  }

  /** A model of an input and a layer. */
  private static Maker model(String shape, String type, String layer, String outputs) {
    return RefusedNetworks.architecture(text(shape, type, layer, outputs));
  }

  private static String text(String shape, String type, String layer, String outputs) {
    return """
    {"class_name": "Functional", "config": {"name": "m", "layers": [%s, %s],
      "input_layers": [["in", 0, 0]], "output_layers": [%s]}}
    """
        .formatted(INPUT.formatted(shape, type), layer, outputs);
  }

  private static String chain(int layers) {
    String first = ", \"batch_input_shape\": [null, 6]";
    return IntStream.range(0, layers)
        .mapToObj(
            i ->
                "{\"class_name\": \"ReLU\", \"config\": {\"name\": \"r%d\" %s}}"
                    .formatted(i, i == 0 ? first : ""))
        .collect(Collectors.joining(",", "{\"class_name\": \"Sequential\", \"config\": [", "]}"));
  }
}
