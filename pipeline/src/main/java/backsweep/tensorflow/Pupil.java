package backsweep.tensorflow;

import backsweep.network.ChannelMask;
import backsweep.network.Network;
import backsweep.network.PruningPoint;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.op.Ops;

/**
 * A network that is going to learn.
 *
 * @param network its architecture, and the weights that it begins with
 * @param inputScale what pixels are divided by before its first layer
 * @param point where its channels are looked at
 * @param kept the channels that are at work; empty where all are
 * @param normalization how batch normalisation learns
 */
public record Pupil(
    Network network,
    float inputScale,
    PruningPoint point,
    Optional<KeptChannels> kept,
    Normalization normalization) {

  /**
   * Channels that are at work while a network learns; the others are 0 and do not learn.
   *
   * @param nodes whose outputs have these channels
   * @param mask of the channels
   */
  public record KeptChannels(List<Integer> nodes, ChannelMask mask) {

    /** Copies the list. */
    public KeptChannels {
      nodes = List.copyOf(nodes);
    }
  }

  /** How batch normalisation works while a network learns. */
  public enum Normalization {
    /** By the statistics of the batch, which the moving ones follow. */
    BATCH,
    /** As at inference, by the moving statistics, which stay as they are. */
    INFERENCE
  }

  /**
   * A network that learns from the beginning, as if channels that are not kept were not there: the
   * statistics layer gives 0 in their place.
   */
  public static Pupil beginning(
      Network network, float inputScale, PruningPoint point, Optional<ChannelMask> kept) {
    return new Pupil(
        network,
        inputScale,
        point,
        kept.map(mask -> new KeptChannels(point.statistics(), mask)),
        Normalization.BATCH);
  }

  ChannelSelect select(Ops tf) {
    return kept.map(
            channels ->
                new ChannelSelect(
                    tf,
                    Set.copyOf(channels.nodes()),
                    tf.constant(new boolean[][] {channels.mask().toArray()})))
        .orElseGet(() -> ChannelSelect.none(tf));
  }
}
