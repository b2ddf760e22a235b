package backsweep.tensorflow;

import backsweep.network.Convolution;
import backsweep.network.DepthwiseConvolution;
import backsweep.network.Shape;
import backsweep.network.Tensor;
import backsweep.network.Window;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.types.TFloat32;

/** Convolutions in TensorFlow's operations. */
final class ConvolutionLowering {

  private ConvolutionLowering() {}

  static Operand<TFloat32> convolution(Convolution layer, LoweringPlace place) {
    Operand<TFloat32> kernel = place.variable("kernel");
    Operand<TFloat32> sums =
        layer.groups() == 1
            ? convolve(layer, place.tf(), place.input(), kernel)
            : grouped(layer, place, kernel);
    return place.biased(sums, layer.bias());
  }

  private static Operand<TFloat32> convolve(
      Convolution layer, Ops tf, Operand<TFloat32> input, Operand<TFloat32> kernel) {
    Window window = layer.window();
    List<Long> strides = List.of(1L, (long) window.rowStride(), (long) window.columnStride(), 1L);
    List<Long> dilations =
        List.of(1L, (long) layer.rowDilation(), (long) layer.columnDilation(), 1L);
    return tf.nn.conv2d(
        input, kernel, strides, window.padding().name(), Conv2d.dilations(dilations));
  }

  /** Group by group: TensorFlow has no grouped convolution on a CPU. */
  private static Operand<TFloat32> grouped(
      Convolution layer, LoweringPlace place, Operand<TFloat32> kernel) {
    Ops tf = place.tf();
    List<Operand<TFloat32>> inputs = split(tf, place.input(), layer.groups());
    List<Operand<TFloat32>> kernels = split(tf, kernel, layer.groups());
    List<Operand<TFloat32>> outputs = new ArrayList<>();
    for (int group = 0; group < layer.groups(); group++) {
      outputs.add(convolve(layer, tf, inputs.get(group), kernels.get(group)));
    }
    return tf.concat(outputs, tf.constant(3));
  }

  /** Every channel apart; the dilation is in the kernel, as zeros: TensorFlow has none on a CPU. */
  static Operand<TFloat32> depthwise(DepthwiseConvolution layer, LoweringPlace place) {
    Tensor kernel = dilated(layer, place.variables().get("depthwise_kernel"));
    Window window = layer.window();
    List<Long> strides = List.of(1L, (long) window.rowStride(), (long) window.columnStride(), 1L);
    Operand<TFloat32> sums =
        place
            .tf()
            .nn
            .depthwiseConv2dNative(
                place.input(), place.constants().apply(kernel), strides, window.padding().name());
    return place.biased(sums, layer.bias());
  }

  private static Tensor dilated(DepthwiseConvolution layer, Tensor kernel) {
    if (layer.rowDilation() == 1 && layer.columnDilation() == 1) {
      return kernel;
    }
    Shape shape = kernel.shape();
    int columns = (shape.dimension(1) - 1) * layer.columnDilation() + 1;
    int rows = (shape.dimension(0) - 1) * layer.rowDilation() + 1;
    Shape wide = Shape.of(rows, columns, shape.dimension(2), shape.dimension(3));
    float[] values = new float[wide.size()];
    int depth = shape.dimension(2) * shape.dimension(3);
    for (int i = 0; i < shape.size(); i++) {
      int position = i / depth;
      int row = position / shape.dimension(1) * layer.rowDilation();
      int column = position % shape.dimension(1) * layer.columnDilation();
      values[(row * columns + column) * depth + i % depth] = kernel.at(i);
    }
    return Tensor.of(wide, values);
  }

  private static List<Operand<TFloat32>> split(Ops tf, Operand<TFloat32> value, int groups) {
    return List.copyOf(tf.split(tf.constant(3), value, (long) groups).output());
  }
}
