package backsweep.network;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;

/** The architectures of the networks that are trained here. */
public enum Architecture {

  /**
   * DeepID as the labs have it (Sun, Wang and Tang, "Deep Learning Face Representation from
   * Predicting 10,000 Classes", CVPR 2014): three convolutions with pooling and a fourth without;
   * features of both the third and the fourth are added up before the classes.
   */
  DEEPID("deepid", 31) {
    @Override
    Sketch sketch(Sketch images, int classes) {
      int pooled =
          images
              .rectified("conv_1", 20, 4)
              .halved("pool_1")
              .rectified("conv_2", 40, 3)
              .halved("pool_2")
              .rectified("conv_3", 60, 3)
              .halved("pool_3")
              .last();
      int convolved = images.rectified("conv_4", 80, 2).last();
      int pooledRow = images.from(pooled).then("flatten_1", new Flatten()).last();
      int convolvedRow = images.from(convolved).then("flatten_2", new Flatten()).last();
      int fromPooled = images.from(pooledRow).then("fc_1", new Dense(160, true)).last();
      images.from(convolvedRow).then("fc_2", new Dense(160, true));
      return images
          .sum("add_1", fromPooled)
          .then("activation_1", new Activate(Activation.Relu.PLAIN))
          .classes("output", classes);
    }
  },

  /**
   * Three blocks of convolution, batch normalisation, rectifier and pooling; the convolutions have
   * neither bias nor activation. What is pruned in its last convolution comes out of the
   * normalisation as a constant that need not be 0.
   */
  BATCH_NORMALIZED("batch-normalized", 8) {
    @Override
    Sketch sketch(Sketch images, int classes) {
      return images
          .normalized(1, 16)
          .halved("pool_1")
          .normalized(2, 32)
          .halved("pool_2")
          .normalized(3, 64)
          .halved("pool_3")
          .then("flatten_1", new Flatten())
          .classes("output", classes);
    }
  };

  private final String label;
  private final int smallest;

  Architecture(String label, int smallest) {
    this.label = label;
    this.smallest = smallest;
  }

  /** Adds all layers behind the input. */
  abstract Sketch sketch(Sketch images, int classes);

  /** What a person calls it. */
  public String label() {
    return label;
  }

  /**
   * The architecture that a person calls so.
   *
   * @throws IllegalArgumentException if there is none; lists those there are
   */
  public static Architecture named(String label) {
    return Arrays.stream(values())
        .filter(architecture -> architecture.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no architecture named \"%s\"; there are: %s".formatted(label, labels())));
  }

  private static String labels() {
    return Arrays.stream(values()).map(Architecture::label).collect(joining(", "));
  }

  /**
   * The graph for these images and classes.
   *
   * @param input {@code (height, width, channel)} of an image
   * @param classes how many classes it tells apart
   * @throws IllegalArgumentException if images are too small for its convolutions, or there are
   *     fewer than two classes
   */
  public Graph graph(Shape input, int classes) {
    if (classes < 2) {
      throw new IllegalArgumentException(
          "%s tells at least 2 classes apart, found %d".formatted(label, classes));
    }
    if (input.rank() != 3 || Math.min(input.dimension(0), input.dimension(1)) < smallest) {
      throw new IllegalArgumentException(
          "%s takes images of at least %dx%d as (height, width, channel), found %s"
              .formatted(label, smallest, smallest, input));
    }
    return sketch(new Sketch(input), classes).build();
  }
}
