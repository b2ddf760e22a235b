package backsweep.testing;

import backsweep.network.Activate;
import backsweep.network.Activation;
import backsweep.network.Activation.Plain;
import backsweep.network.Activation.Relu;
import backsweep.network.BatchNormalization;
import backsweep.network.Convolution;
import backsweep.network.Dense;
import backsweep.network.Flatten;
import backsweep.network.GlobalPooling;
import backsweep.network.Identity;
import backsweep.network.Network;
import backsweep.network.Padding;
import backsweep.network.Pooling;
import backsweep.network.Reduction;
import backsweep.network.Rescaling;
import backsweep.network.Window;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Small networks that have, taken together, every kind of layer that is written, with its options.
 */
public final class LayerZoo {

  private static final int CLASSES = 4;

  private LayerZoo() {}

  /** The networks by name; images of {@code (9, 8, 4)}, four classes. */
  public static Map<String, Network> networks() {
    Map<String, Network> networks = new LinkedHashMap<>();
    add(networks, "convolutions", LayerZoo::convolutions);
    add(networks, "rectifiers", LayerZoo::rectifiers);
    add(networks, "activations", LayerZoo::activations);
    add(networks, "fused", LayerZoo::fused);
    add(networks, "poolings", LayerZoo::poolings);
    add(networks, "normalizations", LayerZoo::normalizations);
    add(networks, "branches", LayerZoo::branches);
    add(networks, "called-twice", LayerZoo::calledTwice);
    add(networks, "dense", LayerZoo::dense);
    return networks;
  }

  /** A network of this many convolutions in a row, of a single channel each. */
  public static Network chain(int convolutions) {
    NetworkSketch sketch = new NetworkSketch(1, 2, 2, 1);
    for (int layer = 0; layer < convolutions; layer++) {
      sketch.convolution("conv_" + layer, 1);
    }
    return sketch.classes(2);
  }

  private static void add(
      Map<String, Network> networks, String name, Consumer<NetworkSketch> layers) {
    NetworkSketch sketch = new NetworkSketch(networks.size(), 9, 8, 4);
    layers.accept(sketch);
    // Scores so small that no class gets all of the probability.
    networks.put(name, sketch.then("calm", new Rescaling(0.01f, 0)).classes(CLASSES));
  }

  private static void convolutions(NetworkSketch sketch) {
    Window same = new Window(3, 2, 1, 1, Padding.SAME);
    sketch
        .then("scaled", new Rescaling(0.0078125f, -0.3f))
        .then("dilated", new Convolution(4, same, 2, 3, 1, true))
        .then("grouped", new Convolution(6, same, 1, 1, 2, false))
        .then("strided", new Convolution(4, new Window(2, 3, 2, 1, Padding.SAME), 1, 1, 1, true))
        .then("inside", new Convolution(5, new Window(2, 3, 1, 2, Padding.VALID), 1, 1, 1, true))
        .then("drop", new Identity());
  }

  private static void rectifiers(NetworkSketch sketch) {
    int place = 0;
    for (Relu relu :
        List.of(
            Relu.PLAIN,
            Relu.leaky(0.3f),
            Relu.leaky(1.5f),
            new Relu(0, 0, 6),
            new Relu(0.1f, 0.2f, 2),
            new Relu(0, 0.01f, Float.POSITIVE_INFINITY))) {
      sketch.convolution("conv_" + place, 4).activation("rectifier_" + place++, relu);
    }
  }

  private static void activations(NetworkSketch sketch) {
    int place = 0;
    for (Activation function :
        List.of(
            Plain.LINEAR,
            Plain.SIGMOID,
            Plain.TANH,
            Plain.GELU,
            Plain.SILU,
            Plain.SOFTSIGN,
            new Activation.Elu(0.5f),
            Plain.SOFTMAX)) {
      sketch.convolution("conv_" + place, 4).activation("apply_" + place++, function);
    }
  }

  private static void fused(NetworkSketch sketch) {
    int place = 0;
    for (Activation function :
        List.of(
            Relu.PLAIN,
            new Relu(0, 0, 6),
            Relu.leaky(0.2f),
            Plain.SIGMOID,
            Plain.TANH,
            Plain.SOFTMAX)) {
      sketch.convolution("conv_" + place++, 4).fused(function);
    }
  }

  private static void poolings(NetworkSketch sketch) {
    Window same = new Window(2, 3, 1, 1, Padding.SAME);
    Window valid = new Window(2, 2, 2, 1, Padding.VALID);
    sketch
        .then("highest_same", new Pooling(Reduction.MAXIMUM, same))
        .then("mean_same", new Pooling(Reduction.AVERAGE, same))
        .then("highest_inside", new Pooling(Reduction.MAXIMUM, valid))
        .then("mean_inside", new Pooling(Reduction.AVERAGE, valid));
    int map = sketch.last();
    sketch.then("highest", new GlobalPooling(Reduction.MAXIMUM, true));
    int highest = sketch.last();
    sketch
        .from(map)
        .then("mean", new GlobalPooling(Reduction.AVERAGE, true))
        .plus("both", highest)
        .then("only", new GlobalPooling(Reduction.AVERAGE, false));
  }

  private static void normalizations(NetworkSketch sketch) {
    sketch
        .then("all", new BatchNormalization(1e-3f, true, true))
        .then("unscaled", new BatchNormalization(0.01f, true, false))
        .then("centred", new BatchNormalization(1e-5f, false, true))
        .then("neither", new BatchNormalization(1e-3f, false, false));
  }

  /** Branches of different length whose convolutions have the same shape, the last one first. */
  private static void branches(NetworkSketch sketch) {
    sketch.convolution("stem", 4);
    int stem = sketch.last();
    sketch.convolution("right", 4);
    int right = sketch.last();
    sketch.from(stem).convolution("left_1", 4).convolution("left_2", 4);
    int left = sketch.last();
    sketch.from(stem).convolution("middle", 4).plus("add_1", right);
    int sum = sketch.last();
    sketch.from(left).plus("add_2", sum).plus("add_3", stem);
  }

  private static void calledTwice(NetworkSketch sketch) {
    sketch.convolution("stem", 4);
    int stem = sketch.last();
    sketch.convolution("shared", 4).fused(Plain.TANH).convolution("own", 4);
    int own = sketch.last();
    sketch.from(stem).convolution("other", 4).convolution("shared", 4).fused(Plain.TANH);
    sketch.plus("sum", own).convolution("shared", 4).fused(Plain.TANH);
  }

  private static void dense(NetworkSketch sketch) {
    sketch
        .then("rows", new Flatten())
        .then("plain", new Dense(7, false))
        .then("applied", new Activate(Plain.TANH))
        .then("biased", new Dense(6, true))
        .fused(Plain.SIGMOID);
  }
}
