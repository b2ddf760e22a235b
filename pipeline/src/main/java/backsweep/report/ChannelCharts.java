package backsweep.report;

import backsweep.charts.BarChart;
import backsweep.charts.Hint;
import backsweep.charts.Ink;
import backsweep.charts.Mark;
import backsweep.store.Tables.ChannelStatisticsRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The channels by their mean activation on clean validation images, dormant ones at the end. */
record ChannelCharts(NetworkFindings network) {

  private static final int HINTS = 120;

  /** The chart. */
  BarChart chart() {
    List<ChannelStatisticsRow> ranked = ranked();
    return new BarChart(
        "Mean activation of the channels of %s of %s, by rank"
            .formatted(network.network().layer(), network.network().network()),
        "channels of %s by rank".formatted(network.network().layer()),
        "mean activation",
        List.of(
            new BarChart.Series(
                "clean validation images",
                Ink.FIRST,
                ranked.stream().map(ChannelStatisticsRow::mean).toList())),
        marks(),
        hints(ranked));
  }

  /** How many channels are 0 on every image. */
  long dormant() {
    return network.channels().stream().filter(ChannelCharts::isDormant).count();
  }

  /** The channels, those of the largest mean first. */
  List<ChannelStatisticsRow> ranked() {
    return network.channels().stream()
        .sorted(
            Comparator.comparingDouble(ChannelStatisticsRow::mean)
                .reversed()
                .thenComparingInt(ChannelStatisticsRow::channel))
        .toList();
  }

  /** Whether it is 0 on every image. */
  static boolean isDormant(ChannelStatisticsRow row) {
    return row.activeShare() == 0;
  }

  /** Where dormant channels begin. */
  List<Mark> marks() {
    return dormant() == 0
        ? List.of()
        : List.of(
            new Mark(
                network.channels().size() - dormant() + 0.5,
                "%,d dormant behind".formatted(dormant())));
  }

  private static List<Hint> hints(List<ChannelStatisticsRow> ranked) {
    int stride = 1 + ranked.size() / HINTS;
    List<Hint> hints = new ArrayList<>();
    for (int rank = 1; rank <= ranked.size(); rank += stride) {
      hints.add(new Hint(rank - 0.5, rank - 0.5 + stride, hint(rank, ranked.get(rank - 1))));
    }
    return hints;
  }

  private static String hint(int rank, ChannelStatisticsRow row) {
    return String.format(
        Locale.ROOT,
        "rank %d, channel %d: mean %.4g, largest %.4g%nactive on %.2f %% of %,d images",
        rank,
        row.channel(),
        row.mean(),
        row.max(),
        100 * row.activeShare(),
        row.images());
  }
}
