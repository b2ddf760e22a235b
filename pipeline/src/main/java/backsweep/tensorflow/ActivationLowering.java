package backsweep.tensorflow;

import backsweep.network.Activate;
import backsweep.network.Activation;
import backsweep.network.Activation.Elu;
import backsweep.network.Activation.Plain;
import backsweep.network.Activation.Relu;
import backsweep.network.Prelu;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;

/** Activations in TensorFlow's operations, the same that Keras takes. */
final class ActivationLowering {

  private static final float SIGMOID_IS_ZERO = -128;

  private ActivationLowering() {}

  static Operand<TFloat32> activate(Activate layer, LoweringPlace place) {
    Activation function = layer.function();
    if (function instanceof Relu relu) {
      return relu(relu, place.tf(), place.input());
    }
    return function instanceof Elu elu
        ? elu(elu, place.tf(), place.input())
        : plain((Plain) function, place.tf(), place.input());
  }

  static Operand<TFloat32> prelu(Prelu layer, LoweringPlace place) {
    Ops tf = place.tf();
    Operand<TFloat32> below = tf.nn.relu(tf.math.neg(place.input()));
    return tf.math.sub(tf.nn.relu(place.input()), tf.math.mul(place.variable("alpha"), below));
  }

  private static Operand<TFloat32> plain(Plain function, Ops tf, Operand<TFloat32> x) {
    return switch (function) {
      case LINEAR -> x;
      case SIGMOID -> sigmoid(tf, x);
      case TANH -> tf.math.tanh(x);
      case SELU -> tf.nn.selu(x);
      case GELU -> gelu(tf, x);
      case SILU -> tf.math.mul(x, sigmoid(tf, x));
      case HARD_SIGMOID -> hardSigmoid(tf, x);
      case STEEP_HARD_SIGMOID -> steepHardSigmoid(tf, x);
      case HARD_SILU -> tf.math.mul(x, hardSigmoid(tf, x));
      case SOFTPLUS -> tf.math.softplus(x);
      case SOFTSIGN -> tf.nn.softsign(x);
      case EXPONENTIAL -> tf.math.exp(x);
      case MISH -> tf.math.mul(x, tf.math.tanh(tf.math.softplus(x)));
      case LOG_SIGMOID -> tf.math.neg(tf.math.softplus(tf.math.neg(x)));
      case SOFTMAX -> tf.nn.softmax(x);
    };
  }

  private static Operand<TFloat32> sigmoid(Ops tf, Operand<TFloat32> x) {
    return tf.math.sigmoid(bounded(tf, x));
  }

  /**
   * What a sigmoid sees of {@code x}: at the bound it has long been 0.
   *
   * <p>Without the bound, TensorFlow joins {@code x sigmoid(x)} with a convolution before it, and
   * that with a leaky rectifier or mish behind it, to a kernel that it does not have ("Fusion is
   * not implemented: [BiasAdd,_MklSwish,LeakyRelu]").
   */
  private static Operand<TFloat32> bounded(Ops tf, Operand<TFloat32> x) {
    return tf.math.maximum(x, tf.constant(SIGMOID_IS_ZERO));
  }

  private static Operand<TFloat32> gelu(Ops tf, Operand<TFloat32> x) {
    Operand<TFloat32> scaled = tf.math.div(x, tf.constant((float) Math.sqrt(2)));
    Operand<TFloat32> twiceTheShare = tf.math.add(tf.constant(1f), tf.math.erf(scaled));
    return tf.math.mul(tf.math.mul(tf.constant(0.5f), x), twiceTheShare);
  }

  private static Operand<TFloat32> hardSigmoid(Ops tf, Operand<TFloat32> x) {
    return tf.math.div(tf.nn.relu6(tf.math.add(bounded(tf, x), tf.constant(3f))), tf.constant(6f));
  }

  private static Operand<TFloat32> steepHardSigmoid(Ops tf, Operand<TFloat32> x) {
    Operand<TFloat32> line = tf.math.add(tf.math.mul(x, tf.constant(0.2f)), tf.constant(0.5f));
    return tf.math.minimum(tf.math.maximum(line, tf.constant(0f)), tf.constant(1f));
  }

  private static Operand<TFloat32> elu(Elu elu, Ops tf, Operand<TFloat32> x) {
    if (elu.alpha() == 1) {
      return tf.nn.elu(x);
    }
    Operand<TFloat32> below = tf.math.mul(tf.constant(elu.alpha()), tf.math.expm1(x));
    return tf.select(tf.math.greater(x, tf.constant(0f)), x, below);
  }

  private static Operand<TFloat32> relu(Relu relu, Ops tf, Operand<TFloat32> x) {
    boolean limited = relu.maxValue() != Float.POSITIVE_INFINITY;
    if (relu.negativeSlope() != 0 && relu.threshold() == 0 && !limited) {
      return tf.nn.leakyRelu(x, LeakyRelu.alpha(relu.negativeSlope()));
    }
    Operand<TFloat32> positive = limited ? limited(relu, tf, x) : aboveThreshold(relu, tf, x);
    if (relu.negativeSlope() == 0) {
      return positive;
    }
    Operand<TFloat32> below = tf.nn.relu(tf.math.sub(tf.constant(relu.threshold()), x));
    return tf.math.sub(positive, tf.math.mul(tf.constant(relu.negativeSlope()), below));
  }

  /** Keras lets values through above the threshold, not at it. */
  private static Operand<TFloat32> aboveThreshold(Relu relu, Ops tf, Operand<TFloat32> x) {
    if (relu.threshold() == 0) {
      return tf.nn.relu(x);
    }
    return tf.select(tf.math.greater(x, tf.constant(relu.threshold())), x, tf.constant(0f));
  }

  private static Operand<TFloat32> limited(Relu relu, Ops tf, Operand<TFloat32> x) {
    if (relu.threshold() == 0 && relu.maxValue() == 6) {
      return tf.nn.relu6(x);
    }
    Operand<TFloat32> above = aboveThreshold(relu, tf, x);
    return tf.math.maximum(tf.math.minimum(above, tf.constant(relu.maxValue())), tf.constant(0f));
  }
}
