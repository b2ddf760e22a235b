package backsweep.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A two-dimensional convolution ({@code Conv2D}, channels last, and the second half of {@code
 * SeparableConv2D}), linear: without its activation. Variables: {@code kernel} of shape {@code
 * (kernel height, kernel width, input channel / groups, output channel)} and, if {@code bias},
 * {@code bias} of shape {@code (output channel)}.
 *
 * @param filters output channels
 * @param window kernel size, strides and padding
 * @param rowDilation rows between two rows of the kernel, 1 for none
 * @param columnDilation columns between two columns of the kernel, 1 for none
 * @param groups groups of channels convolved apart, 1 for none
 * @param bias whether a bias is added
 */
public record Convolution(
    int filters, Window window, int rowDilation, int columnDilation, int groups, boolean bias)
    implements Layer {

  /** The variables whose last axis is the output channels: what is 0 of a pruned channel. */
  public static final Set<String> PRUNED_VARIABLES = Set.of("kernel", "bias");

  /** Checks that counts are positive and that groups divide the filters. */
  public Convolution {
    if (filters < 1 || rowDilation < 1 || columnDilation < 1 || groups < 1) {
      throw new IllegalArgumentException(
          "filters, dilation and groups must be at least 1, found %d, %d,%d, %d"
              .formatted(filters, rowDilation, columnDilation, groups));
    }
    if (filters % groups != 0) {
      throw new IllegalArgumentException(
          "%d filters cannot be divided into %d groups".formatted(filters, groups));
    }
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = Layer.single(inputs, 3);
    if (input.channels() % groups != 0) {
      throw new IllegalArgumentException(
          "%d input channels cannot be divided into %d groups".formatted(input.channels(), groups));
    }
    return window.slide(input, rowDilation, columnDilation, filters);
  }

  @Override
  public List<Variable> variables(List<Shape> inputs) {
    int inputChannels = Layer.single(inputs, 3).channels() / groups;
    List<Variable> variables = new ArrayList<>();
    variables.add(
        new Variable("kernel", Shape.of(window.height(), window.width(), inputChannels, filters)));
    if (bias) {
      variables.add(new Variable("bias", Shape.of(filters)));
    }
    return variables;
  }
}
