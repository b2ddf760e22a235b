package backsweep.images;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** In which order a file keeps the axes of its images. */
public enum ImageLayout {
  /** {@code (image, channel, height, width)}, the labs' order. */
  NCHW("(image, channel, height, width)") {
    @Override
    ImageShape shape(int first, int second, int third) {
      return new ImageShape(second, third, first);
    }

    @Override
    int position(ImageShape shape, int index) {
      return index % shape.positions();
    }

    @Override
    int channel(ImageShape shape, int index) {
      return index / shape.positions();
    }
  },
  /** {@code (image, height, width, channel)}, TensorFlow's order. */
  NHWC("(image, height, width, channel)") {
    @Override
    ImageShape shape(int first, int second, int third) {
      return new ImageShape(first, second, third);
    }

    @Override
    int position(ImageShape shape, int index) {
      return index / shape.channels();
    }

    @Override
    int channel(ImageShape shape, int index) {
      return index % shape.channels();
    }
  };

  private final String axes;

  ImageLayout(String axes) {
    this.axes = axes;
  }

  /** The names of the axes, in their order. */
  String axes() {
    return axes;
  }

  /** The shape of images whose axes, after that of the images, have these lengths. */
  abstract ImageShape shape(int first, int second, int third);

  /** The position, {@code row * width + column}, of the value that a file keeps at an index. */
  abstract int position(ImageShape shape, int index);

  /** The channel of the value that a file keeps at an index. */
  abstract int channel(ImageShape shape, int index);

  /** The shape of the images of a data set with four axes. */
  ImageShape shape(Declared data) {
    int[] axes = data.axes().stream().mapToInt(Math::toIntExact).toArray();
    return shape(axes[1], axes[2], axes[3]);
  }

  /**
   * The layout of a data set whose images a network takes.
   *
   * @param asked what a person says it is; empty: the one that fits
   * @throws UnusableDataException if none fits, or both do
   */
  static ImageLayout fitting(Declared data, ImageShape expected, Optional<ImageLayout> asked) {
    if (asked.isPresent()) {
      return asked.get();
    }
    List<ImageLayout> fitting =
        Stream.of(values()).filter(layout -> layout.shape(data).equals(expected)).toList();
    if (fitting.size() > 1) {
      throw new UnusableDataException(
          "expected one order of axes that gives images of shape %s, which the network takes, found"
                  .formatted(expected)
              + " that nchw and nhwc both do; say which it is: --image-layout");
    }
    if (fitting.isEmpty()) {
      throw new UnusableDataException(
          "expected images of shape %s, which the network takes, found %s as nchw, %s as nhwc"
              .formatted(expected, NCHW.shape(data), NHWC.shape(data)));
    }
    return fitting.get(0);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
