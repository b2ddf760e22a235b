package backsweep.report;

import static java.util.stream.Collectors.joining;

import backsweep.charts.BarChart;
import backsweep.charts.Hint;
import backsweep.charts.Ink;
import backsweep.evaluation.ActivationShift;
import backsweep.evaluation.TriggerEffect;
import backsweep.images.Role;
import backsweep.report.PageView.Fact;
import backsweep.store.Tables.ChannelStatisticsRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Mean activation on poisoned images against that on clean ones, in the order of {@link
 * ChannelCharts}, and which channels the triggers drive: {@link TriggerEffect} says what that is.
 */
record ActivationCharts(NetworkFindings network) {

  private static final int HINTS = 120;

  /** More than these are counted, not named. */
  private static final int MOST_NAMED = 12;

  private static final String RULE =
      "A channel is driven where its mean activation rises by %s standard deviations or more"
          + " (Cohen's d, over the images of both sets), and by far more than that of other"
          + " channels (modified z-score above %s).";

  /** The chart; empty where no poisoned set was measured. */
  Optional<BarChart> chart() {
    return clean().filter(clean -> !poisoned().isEmpty()).map(this::chart);
  }

  /** What it shows, and what is driven. */
  String words() {
    return Stream.of(
            Stream.of(images()),
            poisoned().stream().map(this::words),
            unmeasured().stream(),
            Stream.of(
                Texts.of(
                    RULE,
                    Texts.number(TriggerEffect.LEAST_EFFECT),
                    Texts.number(TriggerEffect.LEAST_Z))))
        .flatMap(sentences -> sentences)
        .collect(joining(" "));
  }

  /** A sentence for every poisoned set that has no mean activations, or none to compare with. */
  List<String> unmeasured() {
    return missing()
        .map(
            set ->
                Texts.of(
                    "The mean activation of channels on %s was not measured, or measuring it"
                        + " failed; a rerun of the command tries again.",
                    set))
        .toList();
  }

  private Stream<String> missing() {
    List<String> known =
        clean().isEmpty() ? List.of() : poisoned().stream().map(SetActivations::name).toList();
    return network.poisonedSets().stream().filter(set -> !known.contains(set));
  }

  /** What is driven, by poisoned set. */
  Stream<Fact> facts() {
    return Stream.concat(
        clean().stream()
            .flatMap(clean -> poisoned().stream())
            .map(set -> new Fact("driven by " + set.name(), named(driven(set)))),
        missing()
            .map(set -> new Fact("driven by " + set, "unknown: mean activation not measured")));
  }

  private Optional<SetActivations> clean() {
    return whole(Role.CLEAN_VALIDATION).stream().findFirst();
  }

  private List<SetActivations> poisoned() {
    return whole(Role.POISONED);
  }

  /** Those of all channels. */
  private List<SetActivations> whole(Role role) {
    return network.activations().stream()
        .filter(set -> set.role() == role)
        .filter(set -> set.isOf(network.channels()))
        .toList();
  }

  private BarChart chart(SetActivations clean) {
    List<SetActivations> sets = Stream.concat(Stream.of(clean), poisoned().stream()).toList();
    ChannelCharts statistics = new ChannelCharts(network);
    List<Integer> ranked = statistics.ranked().stream().map(ChannelStatisticsRow::channel).toList();
    String layer = network.network().layer();
    return new BarChart(
        Texts.of(
            "Mean activation of the channels of %s of %s on clean and poisoned images, most active on clean ones first",
            layer, network.network().network()),
        Texts.of("channels of %s, most active on clean images first", layer),
        "mean activation",
        IntStream.range(0, sets.size()).mapToObj(i -> series(sets.get(i), ranked, i)).toList(),
        statistics.marks(),
        hints(clean, ranked));
  }

  /** What is not finite has no bar. */
  private static BarChart.Series series(SetActivations set, List<Integer> ranked, int index) {
    return new BarChart.Series(
        set.role() == Role.POISONED ? set.name() : "clean validation images",
        Ink.at(index),
        ranked.stream()
            .map(channel -> set.level(channel).mean())
            .map(mean -> Double.isFinite(mean) ? mean : Double.NaN)
            .toList());
  }

  private List<Hint> hints(SetActivations clean, List<Integer> ranked) {
    int stride = 1 + ranked.size() / HINTS;
    List<Hint> hints = new ArrayList<>();
    for (int rank = 1; rank <= ranked.size(); rank += stride) {
      int channel = ranked.get(rank - 1);
      String text =
          Texts.of(
              "%s on clean images%nclean: mean %.4g",
              ChannelCharts.place(rank, channel, ranked.size()), clean.level(channel).mean());
      hints.add(new Hint(rank - 0.5, rank - 0.5 + stride, text + hint(channel)));
    }
    return hints;
  }

  private String hint(int channel) {
    return poisoned().stream()
        .map(
            set ->
                Texts.of(
                    "%n%s: mean %.4g (%+.1f standard deviations)%s",
                    set.name(),
                    set.level(channel).mean(),
                    effect(set).channels().get(channel).effect(),
                    driven(set).contains(channel) ? ", driven" : ""))
        .collect(joining());
  }

  private TriggerEffect effect(SetActivations poisoned) {
    SetActivations clean = clean().orElseThrow();
    return new TriggerEffect(
        IntStream.range(0, network.channels().size())
            .mapToObj(i -> new ActivationShift(clean.level(i), poisoned.level(i)))
            .toList());
  }

  private List<Integer> driven(SetActivations poisoned) {
    return effect(poisoned).driven();
  }

  private String images() {
    return Texts.of(
        "Mean activation on images of each set, spread over it: %s.",
        Stream.concat(clean().stream(), poisoned().stream())
            .map(set -> Texts.of("%,d of %s", set.images(), set.name()))
            .collect(joining(", ")));
  }

  private String words(SetActivations set) {
    List<Integer> driven = driven(set);
    String what =
        driven.isEmpty()
            ? "no channel"
            : named(driven) + times(set, driven) + dormant(driven) + steps(driven);
    String notFinite =
        set.notFinite() == 0
            ? ""
            : Texts.of(" %,d channels have no finite mean on them.", set.notFinite());
    return Texts.of("Poisoned images of %s drive %s.%s", set.name(), what, notFinite);
  }

  private String named(List<Integer> driven) {
    String count = Texts.of("%,d of %,d channels", driven.size(), network.channels().size());
    String names = driven.stream().limit(MOST_NAMED).map(String::valueOf).collect(joining(", "));
    int others = driven.size() - MOST_NAMED;
    return switch (driven.size()) {
      case 0 -> count;
      case 1 -> Texts.of("%s (%s)", count, names);
      default ->
          Texts.of(
              "%s (%s%s; the greatest rise first)",
              count, names, others > 0 ? Texts.of(" and %,d more", others) : "");
    };
  }

  /** A factor means something where both means are above 0. */
  private String times(SetActivations set, List<Integer> driven) {
    TriggerEffect effect = effect(set);
    return driven.stream()
        .map(channel -> effect.channels().get(channel))
        .filter(shift -> shift.clean().mean() > 0)
        .map(shift -> shift.poisoned().mean() / shift.clean().mean())
        .min(Double::compare)
        .map(
            least ->
                Texts.of(
                    "; %s%.1f times the mean activation on clean images",
                    driven.size() == 1 ? "" : "at least ", least))
        .orElse("");
  }

  private String dormant(List<Integer> driven) {
    long dormant =
        driven.stream()
            .filter(channel -> ChannelCharts.isDormant(network.channels().get(channel)))
            .count();
    return dormant == 0 ? "" : Texts.of("; %,d of them dormant on clean images", dormant);
  }

  /** When pruning in the order of mean activation comes to them. */
  private String steps(List<Integer> driven) {
    List<Integer> steps = driven.stream().map(this::step).sorted().toList();
    int first = steps.get(0);
    int last = steps.get(steps.size() - 1);
    return Texts.of(
        "; the order of mean activation prunes %s of %,d",
        first == last
            ? Texts.of("it at step %,d", first)
            : Texts.of("them from step %,d to step %,d", first, last),
        network.channels().size());
  }

  private int step(int channel) {
    ChannelStatisticsRow one = network.channels().get(channel);
    return 1
        + (int)
            network.channels().stream()
                .filter(
                    other ->
                        other.mean() < one.mean()
                            || (other.mean() == one.mean() && other.channel() < channel))
                .count();
  }
}
