package backsweep.testing;

import backsweep.network.Activate;
import backsweep.network.Activation;
import backsweep.network.BatchNormalization;
import backsweep.network.Concatenation;
import backsweep.network.Convolution;
import backsweep.network.Cropping;
import backsweep.network.Dense;
import backsweep.network.DepthwiseConvolution;
import backsweep.network.GlobalPooling;
import backsweep.network.GroupNormalization;
import backsweep.network.Identity;
import backsweep.network.Layer;
import backsweep.network.LayerNormalization;
import backsweep.network.Margins;
import backsweep.network.Merge;
import backsweep.network.Network;
import backsweep.network.Padding;
import backsweep.network.Permutation;
import backsweep.network.Pooling;
import backsweep.network.Prelu;
import backsweep.network.Reduction;
import backsweep.network.Rescaling;
import backsweep.network.Reshape;
import backsweep.network.Standardization;
import backsweep.network.Upsampling;
import backsweep.network.Window;
import backsweep.network.ZeroPadding;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Small networks with all that makes cutting hard: branches, activations and normalisations that do
 * not keep 0, pooling behind masks, convolutions that are called twice, one after or beside the
 * other.
 */
public final class RandomNetworks {

  private static final List<Activation> ACTIVATIONS =
      List.of(
          Activation.Relu.PLAIN,
          Activation.Relu.PLAIN,
          Activation.Relu.leaky(0.3f),
          new Activation.Relu(0, 0, 6),
          new Activation.Relu(0.1f, 0.2f, 2),
          Activation.Plain.SIGMOID,
          Activation.Plain.TANH);

  private final boolean allLayers;
  private final Random random;
  private final NetworkSketch sketch;
  private int layers;

  private RandomNetworks(long seed, boolean allLayers) {
    this.allLayers = allLayers;
    random = new Random(seed);
    sketch = new NetworkSketch(seed, 6 + random.nextInt(4), 6 + random.nextInt(4), 2);
  }

  /** The same with layers of all kinds in between, also of those that are not written. */
  public static Network ofAllLayers(long seed) {
    return new RandomNetworks(seed, true).build();
  }

  /** The network of a seed; input {@code (6 to 9, 6 to 9, 2)}, 5 classes. */
  public static Network of(long seed) {
    return new RandomNetworks(seed, false).build();
  }

  private Network build() {
    convolution();
    int blocks = 1 + random.nextInt(3);
    for (int block = 0; block < blocks; block++) {
      switch (random.nextInt(allLayers ? 7 : 4)) {
        case 0 -> plain();
        case 1 -> residual();
        case 2 -> calledInSequence();
        case 3 -> calledSideBySide();
        case 4 -> separable();
        case 5 -> gated();
        default -> joined();
      }
    }
    if (random.nextBoolean()) {
      sketch.then(name("global"), new GlobalPooling(reduction(), random.nextBoolean()));
    }
    return sketch.classes(5);
  }

  private void plain() {
    if (random.nextBoolean()) {
      pool();
    }
    convolution();
  }

  private void residual() {
    int start = sketch.last();
    int channels = sketch.shape().channels();
    same(name("conv"), channels);
    behindConvolution();
    sketch.plus(name("add"), start);
  }

  private void calledInSequence() {
    String shared = name("shared");
    int channels = sketch.shape().channels();
    same(shared, channels);
    behindConvolution();
    same(shared, channels);
    behindConvolution();
  }

  private void calledSideBySide() {
    String shared = name("shared");
    int start = sketch.last();
    int filters = 2 + random.nextInt(4);
    same(shared, filters);
    behindConvolution();
    int one = sketch.last();
    sketch.from(start).then(name("scale"), new Rescaling(0.5f, 0));
    same(shared, filters);
    sketch.plus(name("add"), one);
  }

  private void separable() {
    Window window = new Window(3, 2, 1, 1, Padding.SAME);
    int multiplier = 1 + random.nextInt(2);
    sketch
        .then(name("separable"), new DepthwiseConvolution(multiplier, window, 1, 2, false))
        .other(new Convolution(3, new Window(1, 1, 1, 1, Padding.VALID), 1, 1, 1, true));
    behindConvolution();
    if (random.nextBoolean()) {
      sketch.then(name("pad"), new ZeroPadding(new Margins(1, 0, 0, 2)));
      sketch.then(name("up"), new Upsampling(1, 2, random.nextBoolean()));
      sketch.then(name("crop"), new Cropping(new Margins(0, 1, 2, 0)));
    }
  }

  /** A map that is merged with what is pooled of another. */
  private void gated() {
    int channels = sketch.shape().channels();
    same(name("conv"), channels);
    behindConvolution();
    int map = sketch.last();
    same(name("conv"), channels);
    Merge.Operation[] operations = Merge.Operation.values();
    sketch
        .then(name("pool"), new GlobalPooling(reduction(), random.nextBoolean()))
        .merge(name("gate"), new Merge(operations[random.nextInt(operations.length)]), map);
  }

  private void joined() {
    int start = sketch.last();
    convolutionOf(2);
    int one = sketch.last();
    sketch.from(start);
    convolutionOf(3);
    sketch.merge(name("join"), new Concatenation(2), one);
  }

  private void convolutionOf(int filters) {
    same(name("conv"), filters);
    behindConvolution();
  }

  /** Layers that leave the shape as it is. */
  private Layer anyLayer() {
    int channels = sketch.shape().channels();
    Window window = new Window(3, 3, 1, 1, Padding.SAME);
    return List.of(
            new Prelu(List.of(0, 1)),
            new Prelu(List.of()),
            new DepthwiseConvolution(1, window, 1, 1, random.nextBoolean()),
            new LayerNormalization(List.of(2), 1e-3f, true, random.nextBoolean()),
            new GroupNormalization(channels, 1e-3f, random.nextBoolean(), true),
            new Standardization(List.of(2), random.nextBoolean()),
            new Rescaling(Collections.nCopies(channels, 0.5f), List.of(0f)),
            new Rescaling(Collections.nCopies(channels, 0.5f), List.of(0.1f)),
            new Standardization(List.of(), random.nextBoolean()),
            new Permutation(List.of(0, 1, 2)),
            new Reshape(sketch.shape()),
            new Dense(channels, true),
            new Activate(new Activation.Elu(0.5f)),
            new Activate(Activation.Plain.SELU),
            new Activate(Activation.Plain.HARD_SIGMOID),
            new Activate(Activation.Plain.SILU))
        .get(random.nextInt(16));
  }

  private void convolution() {
    int groups = sketch.shape().channels() % 2 == 0 && random.nextInt(4) == 0 ? 2 : 1;
    int dilation = random.nextInt(4) == 0 ? 2 : 1;
    int stride = dilation == 1 ? 1 + random.nextInt(2) : 1;
    Window window = new Window(2 + random.nextInt(2), 3, stride, 1, Padding.SAME);
    sketch.then(
        name("conv"),
        new Convolution(
            2 * (1 + random.nextInt(3)), window, dilation, 1, groups, random.nextBoolean()));
    behindConvolution();
  }

  private void same(String name, int filters) {
    sketch.convolution(name, filters);
  }

  /** Layers that act per channel; some keep 0 at 0 and some do not. */
  private void behindConvolution() {
    if (allLayers && random.nextBoolean()) {
      sketch.then(name("any"), anyLayer());
    }
    if (random.nextInt(3) == 0) {
      sketch.then(name("normal"), new BatchNormalization(1e-3f, random.nextBoolean(), true));
    }
    sketch.activation(name("activation"), ACTIVATIONS.get(random.nextInt(ACTIVATIONS.size())));
    if (random.nextInt(3) == 0) {
      sketch.then(name("drop"), new Identity());
    }
  }

  private void pool() {
    Padding padding = random.nextBoolean() ? Padding.SAME : Padding.VALID;
    if (sketch.shape().dimension(0) >= 2 && sketch.shape().dimension(1) >= 2) {
      sketch.then(name("pool"), new Pooling(reduction(), new Window(2, 2, 2, 2, padding)));
    }
  }

  private Reduction reduction() {
    return random.nextBoolean() ? Reduction.MAXIMUM : Reduction.AVERAGE;
  }

  private String name(String kind) {
    return kind + "_" + layers++;
  }
}
