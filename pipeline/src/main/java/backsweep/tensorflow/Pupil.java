package backsweep.tensorflow;

import backsweep.network.ChannelMask;
import backsweep.network.Network;
import backsweep.network.PruningPoint;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.op.Ops;

/**
 * A network that is going to learn.
 *
 * @param network its architecture, and the weights that it begins with
 * @param inputScale what pixels are divided by before its first layer
 * @param point where its channels are looked at
 * @param kept the channels that are at work there; the others are 0 while it learns and do not
 *     learn, as if they were not there. Empty: all are at work
 */
public record Pupil(
    Network network, float inputScale, PruningPoint point, Optional<ChannelMask> kept) {

  ChannelSelect select(Ops tf) {
    return kept.map(
            mask ->
                new ChannelSelect(
                    tf,
                    Set.copyOf(point.statistics()),
                    tf.constant(new boolean[][] {mask.toArray()})))
        .orElseGet(() -> ChannelSelect.none(tf));
  }
}
