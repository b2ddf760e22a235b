package backsweep.report;

import backsweep.evaluation.ActivationShift.Level;
import backsweep.images.Role;
import backsweep.store.Tables.ActivationRow;
import backsweep.store.Tables.ChannelStatisticsRow;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Mean activations on a few images of one set.
 *
 * @param name of the set
 * @param role of the set
 * @param channels from channel 0 on
 */
public record SetActivations(String name, Role role, List<ActivationRow> channels) {

  /** Sorts the channels. */
  public SetActivations {
    channels = channels.stream().sorted(Comparator.comparingInt(ActivationRow::channel)).toList();
  }

  /** Of the rows of one unit, of which there is at least one. */
  static SetActivations of(List<ActivationRow> rows) {
    ActivationRow any = rows.get(0);
    return new SetActivations(any.imageSet(), Role.ofTableName(any.role()), rows);
  }

  /** Whether it has the channels of some statistics, from 0 on, each once. */
  boolean isOf(List<ChannelStatisticsRow> statistics) {
    return channels.size() == statistics.size()
        && IntStream.range(0, channels.size())
            .allMatch(i -> channels.get(i).channel() == i && statistics.get(i).channel() == i);
  }

  /** How many images. */
  public long images() {
    return channels.get(0).images();
  }

  /** What a channel does. */
  public Level level(int channel) {
    ActivationRow row = channels.get(channel);
    return new Level(row.mean(), row.deviation());
  }

  /** How many channels have no finite mean. */
  public long notFinite() {
    return channels.stream().filter(row -> !Double.isFinite(row.mean())).count();
  }
}
