package backsweep.network;

import java.util.List;

/** Builds the graph of an {@link Architecture}, each layer behind the one before it. */
final class Sketch {

  private static final float EPSILON = 1e-3f;

  private final GraphBuilder graph = new GraphBuilder();
  private int last;

  /** Begins with images of this shape. */
  Sketch(Shape images) {
    last = graph.add("input", 0, new Input(images), List.of());
  }

  /** The node added last. */
  int last() {
    return last;
  }

  /** Goes on behind another node. */
  Sketch from(int node) {
    last = node;
    return this;
  }

  /** Applies a layer to the last node. */
  Sketch then(String name, Layer layer) {
    last = graph.add(name, 0, layer, List.of(last));
    return this;
  }

  /** A square convolution inside the image, with the rectifier fused into it. */
  Sketch rectified(String name, int filters, int size) {
    Window window = new Window(size, size, 1, 1, Padding.VALID);
    return then(name, new Convolution(filters, window, 1, 1, 1, true))
        .then(name, new Activate(Activation.Relu.PLAIN));
  }

  /** A linear 3x3 convolution that keeps the size, normalised, then rectified. */
  Sketch normalized(int block, int filters) {
    Window window = new Window(3, 3, 1, 1, Padding.SAME);
    return then("conv_" + block, new Convolution(filters, window, 1, 1, 1, false))
        .then("norm_" + block, new BatchNormalization(EPSILON, true, true))
        .then("relu_" + block, new Activate(Activation.Relu.PLAIN));
  }

  /** Maximum pooling of 2x2 positions. */
  Sketch halved(String name) {
    return then(name, new Pooling(Reduction.MAXIMUM, new Window(2, 2, 2, 2, Padding.VALID)));
  }

  /** The sum of another node and the last one. */
  Sketch sum(String name, int other) {
    last = graph.add(name, 0, new Merge(Merge.Operation.ADD), List.of(other, last));
    return this;
  }

  /** A probability for each class. */
  Sketch classes(String name, int classes) {
    return then(name, new Dense(classes, true)).then(name, new Activate(Activation.Plain.SOFTMAX));
  }

  /** The graph; the last node is its output. */
  Graph build() {
    return graph.build();
  }
}
