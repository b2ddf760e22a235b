package backsweep.tensorflow;

import backsweep.network.BatchNormalization;
import backsweep.network.GroupNormalization;
import backsweep.network.LayerNormalization;
import backsweep.network.Rescaling;
import backsweep.network.Shape;
import backsweep.network.Standardization;
import backsweep.network.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Scales, offsets and normalisations in TensorFlow's operations. */
final class NormalizationLowering {

  private NormalizationLowering() {}

  static Operand<TFloat32> rescaling(Rescaling layer, LoweringPlace place) {
    Ops tf = place.tf();
    Operand<TFloat32> scaled = tf.math.mul(place.input(), constant(tf, layer.scales()));
    return tf.math.add(scaled, constant(tf, layer.offsets()));
  }

  private static Operand<TFloat32> constant(Ops tf, List<Float> values) {
    if (values.size() == 1) {
      return tf.constant(values.get(0));
    }
    float[] constants = new float[values.size()];
    for (int i = 0; i < constants.length; i++) {
      constants[i] = values.get(i);
    }
    return tf.constant(constants);
  }

  static Operand<TFloat32> batch(BatchNormalization layer, LoweringPlace place) {
    Operand<TFloat32> factor = place.tf().constant(layer.factor(place.variables()));
    Operand<TFloat32> offset = place.tf().constant(layer.offset(place.variables()));
    return place.tf().math.add(place.tf().math.mul(place.input(), factor), offset);
  }

  static Operand<TFloat32> standardization(Standardization layer, LoweringPlace place) {
    Ops tf = place.tf();
    Shape aligned = layer.alignedShape(place.inputShape());
    Tensor deviations = Tensor.of(aligned, layer.deviation(place.variables()));
    Operand<TFloat32> deviation = place.constants().apply(deviations);
    Operand<TFloat32> mean = tf.reshape(place.variable("mean"), tf.constant(aligned.toLongs()));
    return layer.inverted()
        ? tf.math.add(tf.math.mul(place.input(), deviation), mean)
        : tf.math.div(tf.math.sub(place.input(), mean), deviation);
  }

  static Operand<TFloat32> layer(LayerNormalization layer, LoweringPlace place) {
    Shape input = place.inputShape();
    List<Integer> aligned = new ArrayList<>(Collections.nCopies(input.rank(), 1));
    layer.axes().forEach(axis -> aligned.set(axis, input.dimension(axis)));
    int[] axes = layer.axes().stream().mapToInt(axis -> axis + 1).toArray();
    Operand<TFloat32> normal =
        normalized(place.tf(), place.input(), place.tf().array(axes), layer.epsilon());
    return scaled(place, normal, new Shape(aligned));
  }

  /** Groups become an axis of their own, and all positions one. */
  static Operand<TFloat32> group(GroupNormalization layer, LoweringPlace place) {
    Ops tf = place.tf();
    Shape input = place.inputShape();
    int channels = input.channels() / layer.groups();
    Operand<TFloat32> groups =
        tf.reshape(
            place.input(), place.batchOf(Shape.of(input.positions(), layer.groups(), channels)));
    Operand<TFloat32> normal =
        tf.reshape(normalized(tf, groups, tf.array(1, 3), layer.epsilon()), place.batchOf(input));
    return scaled(place, normal, Shape.of(input.channels()));
  }

  private static Operand<TFloat32> normalized(
      Ops tf, Operand<TFloat32> input, Operand<TInt32> axes, float epsilon) {
    Operand<TFloat32> mean = tf.math.mean(input, axes, Mean.keepDims(true));
    Operand<TFloat32> variance =
        tf.math.mean(tf.math.squaredDifference(input, mean), axes, Mean.keepDims(true));
    Operand<TFloat32> factor = tf.math.rsqrt(tf.math.add(variance, tf.constant(epsilon)));
    return tf.math.mul(tf.math.sub(input, mean), factor);
  }

  /** Times {@code gamma}, plus {@code beta}, as far as the layer has them. */
  private static Operand<TFloat32> scaled(
      LoweringPlace place, Operand<TFloat32> value, Shape aligned) {
    Ops tf = place.tf();
    Operand<TFloat32> result = value;
    if (place.variables().containsKey("gamma")) {
      result = tf.math.mul(result, aligned(place, "gamma", aligned));
    }
    return place.variables().containsKey("beta")
        ? tf.math.add(result, aligned(place, "beta", aligned))
        : result;
  }

  private static Operand<TFloat32> aligned(LoweringPlace place, String variable, Shape shape) {
    return place.tf().reshape(place.variable(variable), place.tf().constant(shape.toLongs()));
  }
}
