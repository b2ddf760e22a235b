package backsweep.report;

import backsweep.charts.Chart;
import backsweep.charts.Drawing;
import backsweep.charts.Size;
import backsweep.evaluation.DefenceEffectiveness;
import backsweep.images.Role;
import backsweep.report.PageView.Cell;
import backsweep.report.PageView.ChartView;
import backsweep.report.PageView.CriterionView;
import backsweep.report.PageView.Fact;
import backsweep.report.PageView.NetworkView;
import backsweep.report.PageView.RepairView;
import backsweep.store.Tables.DetectorRow;
import backsweep.store.Tables.NetworkRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The part of a page that is about one network.
 *
 * @param findings what is known of it
 * @param id which no other network of the page has
 */
record NetworkPage(NetworkFindings findings, String id) {

  /** Columns of the table of networks. */
  static final List<String> COLUMNS =
      List.of(
          "network",
          "verdict",
          "B: accuracy, %",
          "B: attack success, %",
          "best repair",
          "B': accuracy, %",
          "B': attack success, %",
          "DER",
          "G catches, %",
          "G rejects wrongly, %",
          "failures");

  /**
   * The network without its charts.
   *
   * @param failures how many things of it failed
   */
  NetworkView brief(long failures, boolean isOneOfMany) {
    return view(failures, isOneOfMany ? small() : List.of(), List.of(), criteria(false));
  }

  /** The network with its charts. */
  NetworkView full(long failures, boolean isOneOfMany) {
    return view(
        failures,
        isOneOfMany ? small() : List.of(),
        List.of(channels(id + "-channels")),
        criteria(true));
  }

  private NetworkView view(
      long failures, List<ChartView> small, List<ChartView> charts, List<CriterionView> criteria) {
    Verdict verdict = verdict();
    return new NetworkView(
        id,
        findings.network().network(),
        verdict.kind().name().toLowerCase(Locale.ROOT),
        verdict.kind().words(),
        verdict.words(),
        cells(verdict, failures),
        facts(),
        small,
        charts,
        criteria);
  }

  /** What it comes to. */
  Verdict verdict() {
    return Verdict.of(findings);
  }

  private List<Cell> cells(Verdict verdict, long failures) {
    Optional<Measures> best = verdict.best().map(Verdict.Candidate::measures);
    return List.of(
        new Cell(verdict.kind().words(), verdict.kind().words()),
        percent(accuracy()),
        percent(worstAttack()),
        verdict
            .best()
            .map(one -> new Cell(one.name(), one.name()))
            .orElse(new Cell(Texts.UNKNOWN, "")),
        percent(best.map(one -> one.repaired().cleanAccuracy())),
        percent(best.map(one -> one.repaired().attackSuccessRate())),
        number(best.flatMap(Measures::effectiveness), "%.3f"),
        percent(best.map(one -> one.goodNet().truePositiveRate())),
        percent(best.map(one -> one.goodNet().falsePositiveRate())),
        new Cell(failures == 0 ? "" : "%,d".formatted(failures), Long.toString(failures)));
  }

  private Optional<Double> accuracy() {
    return findings.criteria().stream()
        .findFirst()
        .flatMap(CriterionFindings::clean)
        .map(curve -> curve.labelShare(0).fraction());
  }

  private Optional<Double> worstAttack() {
    return findings.poisonedSets().stream()
        .flatMap(set -> findings.curve(set).stream())
        .map(curve -> curve.labelShare(0).fraction())
        .max(Double::compare);
  }

  private static Cell percent(Optional<Double> fraction) {
    return number(fraction.map(value -> 100 * value), "%.2f");
  }

  private static Cell number(Optional<Double> value, String format) {
    return value
        .map(known -> new Cell(String.format(Locale.ROOT, format, known), Double.toString(known)))
        .orElse(new Cell(Texts.UNKNOWN, ""));
  }

  private List<Fact> facts() {
    NetworkRow network = findings.network();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("file", network.file()));
    facts.add(new Fact("sha256", network.networkSha256()));
    facts.add(
        new Fact(
            "network",
            "%,d classes, images of %d x %d x %d (height, width, channels), divided by %s"
                .formatted(
                    network.classes(),
                    network.height(),
                    network.width(),
                    network.imageChannels(),
                    Texts.number(network.inputScale()))));
    facts.add(
        new Fact(
            "pruned at",
            "%s (%,d channels, %,d of them dormant), by statistics of %s"
                .formatted(
                    network.layer(),
                    network.channels(),
                    new ChannelCharts(findings).dormant(),
                    network.statisticsLayer())));
    sets().forEach(facts::add);
    findings.strip().stream().map(NetworkPage::strip).forEach(facts::add);
    return facts;
  }

  private Stream<Fact> sets() {
    return findings.criteria().stream().findFirst().stream()
        .flatMap(criterion -> criterion.curves().stream())
        .map(
            curve ->
                new Fact(
                    "B on " + curve.name(),
                    (curve.role() == Role.POISONED ? "attack success " : "accuracy ")
                        + Texts.withCounts(curve.labelShare(0))));
  }

  private static Fact strip(DetectorRow row) {
    return new Fact(
        "STRIP on " + row.imageSet(),
        "AUROC %s; catches %s, wrongly rejects %s"
            .formatted(
                Texts.rating(row.auroc()),
                Texts.percent(row.truePositiveRate()),
                Texts.percent(row.falsePositiveRate())));
  }

  private List<ChartView> small() {
    return shown().stream()
        .map(
            criterion ->
                draw(
                    new PruningCharts(findings).small(criterion),
                    id + "-small",
                    Size.SMALL,
                    criterion.name()))
        .toList();
  }

  /** The criterion that is seen first: that of the best repair. */
  private Optional<CriterionFindings> shown() {
    Optional<String> best = verdict().best().map(Verdict.Candidate::criterion);
    return findings.chosen().stream()
        .filter(criterion -> best.isEmpty() || criterion.name().equals(best.get()))
        .findFirst()
        .or(() -> findings.criteria().stream().findFirst());
  }

  private ChartView channels(String chart) {
    return draw(
        new ChannelCharts(findings).chart(),
        chart,
        Size.FULL,
        "Channels that no clean image makes active are where a backdoor may hide, and what pruning"
            + " removes first.");
  }

  private List<CriterionView> criteria(boolean isDrawn) {
    List<CriterionView> views = new ArrayList<>();
    for (CriterionFindings criterion : findings.criteria()) {
      boolean isShown = shown().filter(criterion::equals).isPresent();
      String chart = id + "-" + views.size();
      views.add(
          new CriterionView(
              criterion.name(),
              isShown,
              isDrawn && !criterion.isRandom() ? charts(criterion, chart) : List.of(),
              repairs(criterion)));
    }
    return views;
  }

  private List<ChartView> charts(CriterionFindings criterion, String chart) {
    List<ChartView> charts = new ArrayList<>();
    charts.add(
        draw(new PruningCharts(findings).of(criterion), chart + "-curve", Size.FULL, bands()));
    new DetectorCharts(findings)
        .of(criterion)
        .ifPresent(roc -> charts.add(draw(roc, chart + "-roc", Size.FULL, auroc(criterion))));
    return charts;
  }

  private String bands() {
    return findings.random().isEmpty()
        ? "Bands are Wilson's 95 % intervals."
        : "Narrow bands are Wilson's 95 % intervals, wide ones the range of random orders.";
  }

  private static String auroc(CriterionFindings criterion) {
    StringBuilder text =
        new StringBuilder("The detector G by the step at which B' first disagrees");
    for (DetectorRow row : criterion.detectors()) {
      text.append(
          "; %s: AUROC %s, at the step chosen on validation images it catches %s and wrongly rejects %s"
              .formatted(
                  row.imageSet(),
                  Texts.rating(row.auroc()),
                  Texts.percent(row.truePositiveRate()),
                  Texts.percent(row.falsePositiveRate())));
    }
    return text.append('.').toString();
  }

  private static ChartView draw(Chart chart, String id, Size size, String caption) {
    return new ChartView(new Drawing(size).inPage(chart, id), caption);
  }

  private static List<RepairView> repairs(CriterionFindings criterion) {
    return criterion.repairs().stream().flatMap(NetworkPage::repairs).toList();
  }

  private static Stream<RepairView> repairs(RepairFindings repair) {
    String drop =
        Texts.number(repair.repair().dropPercent())
            + " %"
            + (repair.repair().fineTuned() ? ", fine-tuned" : "");
    if (!repair.isMade() || repair.measures().isEmpty()) {
      String reason = Optional.ofNullable(repair.repair().reason()).orElse("not measured");
      return Stream.of(new RepairView(drop, Texts.UNKNOWN, List.of(), reason));
    }
    return repair.measures().stream()
        .map(
            measures ->
                new RepairView(
                    drop,
                    measures.imageSet().orElse(Texts.UNKNOWN),
                    cells(repair, measures),
                    words(repair, measures)));
  }

  private static List<String> cells(RepairFindings repair, Measures measures) {
    return List.of(
        Integer.toString(repair.repair().step()),
        Texts.withBounds(
            measures.repaired().cleanAccuracy(),
            measures.repaired().cleanAccuracyLow(),
            measures.repaired().cleanAccuracyHigh()),
        Texts.withBounds(
            measures.repaired().attackSuccessRate(),
            measures.repaired().attackSuccessRateLow(),
            measures.repaired().attackSuccessRateHigh()),
        Texts.percent(measures.goodNet().truePositiveRate()),
        Texts.percent(measures.goodNet().falsePositiveRate()),
        measures.effectiveness().map(Texts::rating).orElse(Texts.UNKNOWN));
  }

  private static String words(RepairFindings repair, Measures measures) {
    if (measures.repaired().attackSuccessRate() == null) {
      return "attack success unknown";
    }
    if (measures.effectiveness().isEmpty()) {
      return "cost in clean accuracy unknown";
    }
    double rating = measures.effectiveness().get();
    String failed =
        Optional.ofNullable(repair.repair().reason()).map(reason -> "; " + reason).orElse("");
    if (rating == DefenceEffectiveness.NO_EFFECT) {
      return "no effect" + failed;
    }
    return (rating > DefenceEffectiveness.NO_EFFECT ? "helps" : "worse than doing nothing")
        + failed;
  }
}
