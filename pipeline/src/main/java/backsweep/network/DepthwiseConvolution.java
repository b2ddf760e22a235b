package backsweep.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A convolution of every channel apart ({@code DepthwiseConv2D}, and the first half of {@code
 * SeparableConv2D}), linear: without its activation. Channel c gives the channels {@code c *
 * multiplier} to {@code (c + 1) * multiplier - 1}. Variables: {@code depthwise_kernel} of shape
 * {@code (kernel height, kernel width, channel, multiplier)} and, if {@code bias}, {@code bias} of
 * shape {@code (channel * multiplier)}.
 *
 * @param multiplier output channels of every input channel
 * @param window kernel size, strides, the same in both directions, and padding
 * @param rowDilation rows between two rows of the kernel, 1 for none
 * @param columnDilation columns between two columns of the kernel, 1 for none
 * @param bias whether a bias is added
 */
public record DepthwiseConvolution(
    int multiplier, Window window, int rowDilation, int columnDilation, boolean bias)
    implements Layer {

  /** Checks that counts are positive and strides equal. */
  public DepthwiseConvolution {
    if (multiplier < 1 || rowDilation < 1 || columnDilation < 1) {
      throw new IllegalArgumentException(
          "depth multiplier and dilation must be at least 1, found %d, %d,%d"
              .formatted(multiplier, rowDilation, columnDilation));
    }
    if (window.rowStride() != window.columnStride()) {
      throw new IllegalArgumentException(
          "expected the same stride in both directions, as TensorFlow does, found %d,%d"
              .formatted(window.rowStride(), window.columnStride()));
    }
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = Layer.single(inputs, 3);
    int channels = Math.multiplyExact(input.channels(), multiplier);
    return window.slide(input, rowDilation, columnDilation, channels);
  }

  @Override
  public List<Variable> variables(List<Shape> inputs) {
    int channels = Layer.single(inputs, 3).channels();
    List<Variable> variables = new ArrayList<>();
    variables.add(
        new Variable(
            "depthwise_kernel", Shape.of(window.height(), window.width(), channels, multiplier)));
    if (bias) {
      variables.add(new Variable("bias", Shape.of(channels * multiplier)));
    }
    return variables;
  }

  @Override
  public boolean actsPerChannel() {
    return multiplier == 1;
  }

  @Override
  public boolean keepsZero(Map<String, Tensor> variables) {
    if (!bias) {
      return true;
    }
    Tensor shift = variables.get("bias");
    for (int channel = 0; channel < shift.shape().channels(); channel++) {
      if (shift.at(channel) != 0) {
        return false;
      }
    }
    return true;
  }
}
