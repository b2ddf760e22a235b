package backsweep.report;

import backsweep.charts.BarChart;
import backsweep.charts.Hint;
import backsweep.charts.Ink;
import backsweep.charts.Mark;
import backsweep.store.Tables.ChannelStatisticsRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The channels by their mean activation on clean validation images, dormant ones at the end. */
record ChannelCharts(NetworkFindings network) {

  private static final int HINTS = 120;

  /** The chart. */
  BarChart chart() {
    List<ChannelStatisticsRow> ranked = ranked();
    return new BarChart(
        Texts.of(
            "Mean activation of the channels of %s of %s, most active first",
            network.network().layer(), network.network().network()),
        Texts.of("channels of %s, most active first", network.network().layer()),
        "mean activation",
        List.of(
            new BarChart.Series(
                "clean validation images",
                Ink.FIRST,
                ranked.stream().map(ChannelStatisticsRow::mean).toList())),
        marks(),
        hints(ranked));
  }

  /** What it shows. */
  String words() {
    return dormant() > 0
        ? "Channels that no clean image makes active are where a backdoor may hide, and what the"
            + " order of mean activation removes first."
        : "Every channel is active on at least one clean validation image.";
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
                Texts.of("%,d dormant \u2192", dormant())));
  }

  /** Which channel it is, and its place among all. */
  static String place(int rank, int channel, int channels) {
    return Texts.of(
        "channel %d, %s of %,d by mean activation", channel, Texts.ordinal(rank), channels);
  }

  private static List<Hint> hints(List<ChannelStatisticsRow> ranked) {
    int stride = 1 + ranked.size() / HINTS;
    List<Hint> hints = new ArrayList<>();
    for (int rank = 1; rank <= ranked.size(); rank += stride) {
      hints.add(
          new Hint(
              rank - 0.5,
              rank - 0.5 + stride,
              hint(
                  place(rank, ranked.get(rank - 1).channel(), ranked.size()),
                  ranked.get(rank - 1))));
    }
    return hints;
  }

  private static String hint(String place, ChannelStatisticsRow row) {
    return Texts.of(
        "%s: mean %.4g, largest %.4g%nactive on %.2f %% of %,d images",
        place, row.mean(), row.max(), 100 * row.activeShare(), row.images());
  }
}
