package backsweep.network;

import java.io.Serializable;

/** What is done to every value after a layer. Closed: the graph builder knows every one. */
public sealed interface Activation extends Serializable {

  /** f(x) for one value. */
  float at(float x);

  /** Whether each output depends on its own input only; softmax mixes the channels. */
  default boolean isElementWise() {
    return true;
  }

  /** Activations without parameters. */
  enum Plain implements Activation {
    /** f(x) = x. */
    LINEAR {
      @Override
      public float at(float x) {
        return x;
      }
    },
    /** f(x) = 1 / (1 + exp(-x)). */
    SIGMOID {
      @Override
      public float at(float x) {
        return (float) (1 / (1 + Math.exp(-x)));
      }
    },
    /** f(x) = tanh(x). */
    TANH {
      @Override
      public float at(float x) {
        return (float) Math.tanh(x);
      }
    },
    /** f(x) = x where positive, else exp(x) - 1, both scaled (Klambauer et al., NIPS 2017). */
    SELU {
      @Override
      public float at(float x) {
        return (float) (SELU_SCALE * (x > 0 ? x : SELU_ALPHA * Math.expm1(x)));
      }
    },
    /** f(x) = x times the share of a standard normal distribution below x. */
    GELU {
      @Override
      public float at(float x) {
        return (float) (x * NormalDistribution.below(x));
      }
    },
    /** f(x) = x sigmoid(x). */
    SILU {
      @Override
      public float at(float x) {
        return (float) (x / (1 + Math.exp(-x)));
      }
    },
    /** f(x) = x / 6 + 1 / 2 between 0 and 1: the hard sigmoid of Keras 3. */
    HARD_SIGMOID {
      @Override
      public float at(float x) {
        return Math.min(Math.max(x + 3, 0), 6) / 6;
      }
    },
    /** f(x) = 0.2 x + 1 / 2 between 0 and 1: the hard sigmoid of Keras 2. */
    STEEP_HARD_SIGMOID {
      @Override
      public float at(float x) {
        return Math.min(Math.max(0.2f * x + 0.5f, 0), 1);
      }
    },
    /** f(x) = x hard_sigmoid(x), with that of Keras 3. */
    HARD_SILU {
      @Override
      public float at(float x) {
        return x * HARD_SIGMOID.at(x);
      }
    },
    /** f(x) = log(1 + exp(x)). */
    SOFTPLUS {
      @Override
      public float at(float x) {
        return (float) (Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))));
      }
    },
    /** f(x) = x / (1 + |x|). */
    SOFTSIGN {
      @Override
      public float at(float x) {
        return x / (1 + Math.abs(x));
      }
    },
    /** f(x) = exp(x). */
    EXPONENTIAL {
      @Override
      public float at(float x) {
        return (float) Math.exp(x);
      }
    },
    /** f(x) = x tanh(softplus(x)) (Misra, BMVC 2020). */
    MISH {
      @Override
      public float at(float x) {
        return (float) (x * Math.tanh(SOFTPLUS.at(x)));
      }
    },
    /** f(x) = log(sigmoid(x)). */
    LOG_SIGMOID {
      @Override
      public float at(float x) {
        return -SOFTPLUS.at(-x);
      }
    },
    /** exp(x) over the sum of exp over the last axis; of a single value, 1. */
    SOFTMAX {
      @Override
      public float at(float x) {
        return 1;
      }

      @Override
      public boolean isElementWise() {
        return false;
      }
    };

    private static final double SELU_ALPHA = 1.6732632423543772;
    private static final double SELU_SCALE = 1.0507009873554805;
  }

  /**
   * The exponential linear unit (Clevert et al., ICLR 2016): {@code x} where positive, else {@code
   * alpha (exp(x) - 1)}.
   *
   * @param alpha what it falls to, negated
   */
  record Elu(float alpha) implements Activation {

    /** Checks that alpha is a number. */
    public Elu {
      if (!Float.isFinite(alpha)) {
        throw new IllegalArgumentException("expected a finite alpha, found " + alpha);
      }
    }

    @Override
    public float at(float x) {
      return x > 0 ? x : (float) (alpha * Math.expm1(x));
    }
  }

  /**
   * The rectifier with all of Keras' options: {@code min(x, maxValue)} where {@code x > threshold},
   * else {@code negativeSlope * (x - threshold)}.
   *
   * @param negativeSlope slope below the threshold; 0 for the plain one
   * @param threshold where it begins to let values through
   * @param maxValue upper limit; positive infinity for none
   */
  record Relu(float negativeSlope, float threshold, float maxValue) implements Activation {

    /** {@code max(0, x)}. */
    public static final Relu PLAIN = new Relu(0, 0, Float.POSITIVE_INFINITY);

    /** Checks that no parameter is NaN, which would make every value NaN. */
    public Relu {
      if (Float.isNaN(negativeSlope) || Float.isNaN(threshold) || Float.isNaN(maxValue)) {
        throw new IllegalArgumentException("a rectifier's parameters must be numbers");
      }
    }

    /** {@code x} where positive, else {@code negativeSlope * x}. */
    public static Relu leaky(float negativeSlope) {
      return new Relu(negativeSlope, 0, Float.POSITIVE_INFINITY);
    }

    @Override
    public float at(float x) {
      return x > threshold ? Math.min(x, maxValue) : negativeSlope * (x - threshold);
    }
  }
}
