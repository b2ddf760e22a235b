package backsweep.tensorflow;

import backsweep.network.Graph;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * The operations by which a network that learns is looked at in between, as it would answer then.
 *
 * @param classes answers, {@code (image)}
 * @param means of the statistics layer's channels over the positions, {@code (image, channel)}
 * @param maxima of the same
 */
record InspectionGraph(Operand<TInt32> classes, Operand<TFloat64> means, Operand<TFloat32> maxima) {

  /** Adds the operations. */
  static InspectionGraph of(Ops tf, Pupil pupil, LearnedWeights weights, Operand<TFloat32> input) {
    Graph graph = pupil.network().graph();
    Set<Integer> wanted = new HashSet<>(pupil.point().statistics());
    wanted.add(graph.output());
    Map<Integer, Operand<TFloat32>> values =
        NetworkLowering.in(new TrainedMode(weights), tf, pupil.network())
            .lower(wanted, Map.of(0, input), pupil.select(tf));
    Operand<TFloat32> output = values.get(graph.output());
    values.keySet().retainAll(pupil.point().statistics());
    Positions positions = Positions.of(tf, graph, values);
    return new InspectionGraph(LowestClass.of(tf, output), positions.mean(), positions.maximum());
  }
}
