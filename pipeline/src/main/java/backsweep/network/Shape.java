package backsweep.network;

import static java.util.stream.Collectors.joining;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * The shape of a tensor, without the image axis: {@code (height, width, channel)} for feature maps,
 * {@code (feature)} for vectors, any rank for weights.
 *
 * @param dimensions every dimension, at least 1
 */
public record Shape(List<Integer> dimensions) implements Serializable {

  /** Checks that every dimension is positive and that the size fits in an {@code int}. */
  public Shape {
    dimensions = List.copyOf(dimensions);
    long size = 1;
    for (int dimension : dimensions) {
      if (dimension < 1) {
        throw new IllegalArgumentException("dimensions must be at least 1, found " + dimensions);
      }
      size *= dimension;
      if (size > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("at most 2^31 - 1 elements, found shape " + dimensions);
      }
    }
  }

  /** The shape with these dimensions. */
  public static Shape of(int... dimensions) {
    return new Shape(Arrays.stream(dimensions).boxed().toList());
  }

  /** The number of dimensions. */
  public int rank() {
    return dimensions.size();
  }

  /** The dimension of one axis. */
  public int dimension(int axis) {
    return dimensions.get(axis);
  }

  /** The last dimension: the channels of a feature map, the features of a vector. */
  public int channels() {
    return dimensions.get(rank() - 1);
  }

  /** The number of elements. */
  public int size() {
    return dimensions.stream().reduce(1, (a, b) -> a * b);
  }

  /** The number of positions of one channel: {@code height * width} of a feature map. */
  public int positions() {
    return size() / channels();
  }

  /** The dimensions as an array of {@code long}, as TensorFlow wants them. */
  public long[] toLongs() {
    return dimensions.stream().mapToLong(Integer::longValue).toArray();
  }

  @Override
  public String toString() {
    return dimensions.stream().map(String::valueOf).collect(joining(", ", "(", ")"));
  }
}
