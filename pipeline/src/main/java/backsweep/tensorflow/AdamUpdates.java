package backsweep.tensorflow;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** The operations by which variables follow their gradients; see {@link Adam}. */
final class AdamUpdates {

  private final Ops tf;
  private final Placeholder<TFloat32> learningRate;
  private final Placeholder<TFloat32> decay;
  private final Placeholder<TFloat32> beta1Power;
  private final Placeholder<TFloat32> beta2Power;
  private final List<Op> starts = new ArrayList<>();

  AdamUpdates(Ops tf) {
    this.tf = tf;
    learningRate = scalar();
    decay = scalar();
    beta1Power = scalar();
    beta2Power = scalar();
  }

  private Placeholder<TFloat32> scalar() {
    return tf.placeholder(TFloat32.class, Placeholder.shape(org.tensorflow.ndarray.Shape.scalar()));
  }

  /**
   * The update of one variable.
   *
   * @param after where operations run that may change variables
   */
  Op update(Ops after, Variable<TFloat32> variable, Operand<TFloat32> gradient) {
    Op decayed = after.assignSub(variable, after.math.mul(variable, decay));
    return after
        .withControlDependencies(decayed)
        .train
        .applyAdam(
            variable,
            moment(variable),
            moment(variable),
            beta1Power,
            beta2Power,
            learningRate,
            tf.constant(Adam.BETA_1),
            tf.constant(Adam.BETA_2),
            tf.constant(Adam.EPSILON),
            gradient);
  }

  private Variable<TFloat32> moment(Variable<TFloat32> variable) {
    Variable<TFloat32> moment = tf.variable(variable.shape(), TFloat32.class);
    starts.add(tf.assign(moment, tf.zeros(tf.constant(variable.shape()), TFloat32.class)));
    return moment;
  }

  /** Sets all moments to 0. */
  void begin(Session session) {
    Session.Runner runner = session.runner();
    starts.forEach(runner::addTarget);
    runner.run().close();
  }

  /**
   * Feeds what a step depends on.
   *
   * @param step the step, from 1
   */
  void feed(Session.Runner runner, Adam adam, int step, List<TFloat32> fed) {
    feed(runner, learningRate, adam.learningRate(), fed);
    feed(runner, decay, adam.learningRate() * adam.weightDecay(), fed);
    feed(runner, beta1Power, Math.pow(Adam.BETA_1, step), fed);
    feed(runner, beta2Power, Math.pow(Adam.BETA_2, step), fed);
  }

  private static void feed(
      Session.Runner runner, Placeholder<TFloat32> place, double value, List<TFloat32> fed) {
    TFloat32 tensor = TFloat32.scalarOf((float) value);
    fed.add(tensor);
    runner.feed(place, tensor);
  }
}
