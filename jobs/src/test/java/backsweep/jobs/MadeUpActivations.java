package backsweep.jobs;

import backsweep.jobs.MadeUpCurve.Set;
import backsweep.report.SetActivations;
import backsweep.store.Tables.ActivationRow;
import java.util.stream.IntStream;

/**
 * Mean activations that nobody measured: those of the channels of odd number grow with it.
 *
 * @param network its name
 * @param set what they are on
 * @param driven how many times as active {@link #DRIVEN} is as without a trigger
 */
record MadeUpActivations(String network, Set set, double driven) {

  /** The channel that a trigger drives. */
  static final int DRIVEN = 41;

  private static final long IMAGES = 256;

  /** All channels. */
  SetActivations activations() {
    return new SetActivations(
        set.name(),
        set.role(),
        IntStream.range(0, MadeUpCurve.CHANNELS).mapToObj(this::row).toList());
  }

  private ActivationRow row(int channel) {
    double mean = channel % 2 == 0 ? 0 : 0.1 * channel * (channel == DRIVEN ? driven : 1);
    return new ActivationRow(
        "unit",
        "attempt",
        network,
        "pool_3",
        set.name(),
        "sha256",
        set.role().tableName(),
        channel,
        mean,
        0.5 * mean,
        IMAGES);
  }
}
