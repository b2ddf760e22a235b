package backsweep.writing;

import backsweep.keras.Refusal;
import backsweep.network.Network;
import backsweep.network.Shape;
import backsweep.network.Tensor;
import backsweep.network.UnsupportedNetworkException;
import backsweep.network.Variable;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.lang.reflect.Array;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A network as a full model in HDF5: its architecture and, for every layer that has any, a group of
 * its weights, contiguous and not compressed.
 *
 * <p>jHDF writes what it cannot write without an error: attributes that are too long or empty, and
 * groups with nothing in them. So there are none of them here.
 *
 * @param config the architecture as JSON
 * @param layers the names of the layers that have weights, in the order in which Keras takes them
 * @param variables the variables of these layers
 * @param network the network
 */
record WrittenModel(
    String config, List<String> layers, Map<String, List<Variable>> variables, Network network) {

  /**
   * The longest attribute in bytes; HDF5 ends at 64 KiB, jHDF somewhere between 32 and that. The
   * architecture is the longest of all: the list of layers has less than half of it.
   */
  static final int LONGEST_ATTRIBUTE = 32_000;

  /** The version in whose way the architecture and the weights' names are written. */
  private static final String KERAS_VERSION = "2.15.0";

  /**
   * Describes a network.
   *
   * @param where the file that is to be written, for errors
   * @throws UnsupportedNetworkException if a Keras file cannot hold it
   */
  static WrittenModel of(Network network, String where) {
    List<LayerCall> calls = LayerCalls.of(network.graph(), where);
    String config = new WrittenConfig(calls, where).text();
    int length = config.getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST_ATTRIBUTE) {
      throw Refusal.of(
          where,
          "an architecture of %,d bytes".formatted(length),
          "at most %,d, enough for about 100 layers".formatted(LONGEST_ATTRIBUTE));
    }
    Map<String, List<Variable>> variables = network.graph().variables();
    if (variables.isEmpty()) {
      throw Refusal.of(where, "a network without weights", "networks with weights");
    }
    List<String> layers =
        LayerCalls.inKerasOrder(calls).stream().filter(variables::containsKey).toList();
    return new WrittenModel(config, layers, variables, network);
  }

  /**
   * Writes the file.
   *
   * @param file an empty file
   */
  void write(Path file) {
    try (WritableHdfFile root = HdfFile.write(file)) {
      root.putAttribute("model_config", config);
      describe(root);
      WritableGroup weights = root.putGroup("model_weights");
      describe(weights);
      weights.putAttribute("layer_names", layers.toArray(String[]::new));
      layers.forEach(layer -> putLayer(weights.putGroup(layer), layer));
    }
  }

  private static void describe(WritableGroup group) {
    group.putAttribute("keras_version", KERAS_VERSION);
    group.putAttribute("backend", "tensorflow");
  }

  /** Puts {@code layer/kernel:0} and the others into the layer's own group. */
  private void putLayer(WritableGroup group, String layer) {
    List<String> names = variables.get(layer).stream().map(Variable::name).toList();
    group.putAttribute(
        "weight_names",
        names.stream().map(name -> layer + "/" + name + ":0").toArray(String[]::new));
    WritableGroup own = group.putGroup(layer);
    for (String name : names) {
      Tensor tensor = network.weights().get(layer, name);
      own.putDataset(name + ":0", nested(tensor.shape(), tensor.values()));
    }
  }

  /** An array of arrays, as jHDF wants them. */
  private static Object nested(Shape shape, FloatBuffer values) {
    List<Integer> dimensions = shape.dimensions();
    if (dimensions.size() == 1) {
      float[] row = new float[dimensions.get(0)];
      values.get(row);
      return row;
    }
    Object array =
        Array.newInstance(float.class, dimensions.stream().mapToInt(Integer::intValue).toArray());
    Shape inner = new Shape(dimensions.subList(1, dimensions.size()));
    for (int i = 0; i < dimensions.get(0); i++) {
      Array.set(array, i, nested(inner, values));
    }
    return array;
  }
}
