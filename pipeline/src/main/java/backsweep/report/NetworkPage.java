package backsweep.report;

import static java.util.stream.Collectors.joining;

import backsweep.charts.Chart;
import backsweep.charts.Drawing;
import backsweep.charts.Size;
import backsweep.report.PageView.Cell;
import backsweep.report.PageView.ChartView;
import backsweep.report.PageView.CriterionView;
import backsweep.report.PageView.NetworkView;
import backsweep.report.PageView.RowView;
import backsweep.store.Tables.DetectorRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The part of a page that is about one network.
 *
 * @param findings what is known of it
 * @param id which no other network of the page has
 * @param label what it is called, which no other network of the page is
 * @param failures of it
 * @param verdict what it comes to
 */
record NetworkPage(
    NetworkFindings findings,
    String id,
    String label,
    List<FailureFinding> failures,
    Verdict verdict) {

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
          "G rejects wrongly, %");

  /** Further columns where something failed. */
  static final List<String> FAILURE_COLUMNS = List.of("failures", "what failed first");

  /** Copies the list. */
  NetworkPage {
    failures = List.copyOf(failures);
  }

  /** With the verdict that findings and failures come to. */
  NetworkPage(NetworkFindings findings, String id, String label, List<FailureFinding> failures) {
    this(findings, id, label, failures, Verdict.of(findings, failures));
  }

  /** The network without its charts. */
  NetworkView brief(boolean isOneOfMany) {
    return view(isOneOfMany ? small() : List.of(), List.of(), criteria(false));
  }

  /** The network with its charts. */
  NetworkView full(boolean isOneOfMany) {
    return view(isOneOfMany ? small() : List.of(), channels(), criteria(true));
  }

  private NetworkView view(
      List<ChartView> small, List<ChartView> charts, List<CriterionView> criteria) {
    NetworkFacts facts = new NetworkFacts(findings);
    return new NetworkView(
        id,
        label,
        verdict.kind().styleName(),
        verdict.kind().words(),
        verdict.words(),
        facts.notes(),
        facts.facts(),
        small,
        charts,
        criteria);
  }

  /**
   * Its row in the table of networks.
   *
   * @param isFailing whether the table has {@link #FAILURE_COLUMNS}
   */
  RowView row(boolean isFailing) {
    Optional<Measures> best = verdict.best().map(Verdict.Candidate::measures);
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.of(verdict.kind().words()));
    cells.add(percent(accuracy()));
    cells.add(percent(worstAttack()));
    cells.add(verdict.best().map(one -> Cell.of(one.name())).orElse(Cell.UNKNOWN));
    cells.add(percent(best.map(one -> one.repaired().cleanAccuracy())));
    cells.add(percent(best.map(one -> one.repaired().attackSuccessRate())));
    cells.add(number(best.flatMap(Measures::effectiveness), "%.3f"));
    cells.add(percent(best.map(one -> one.goodNet().truePositiveRate())));
    cells.add(percent(best.map(one -> one.goodNet().falsePositiveRate())));
    if (isFailing) {
      cells.addAll(failed(failures));
    }
    return new RowView(label, id, verdict.kind().styleName(), cells);
  }

  /** The row of a network of which nothing is known but how it failed, at least once. */
  static RowView row(String network, List<FailureFinding> failures) {
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.of(Verdict.Kind.FAILED.words()));
    cells.addAll(Collections.nCopies(COLUMNS.size() - 2, Cell.UNKNOWN));
    cells.addAll(failed(failures));
    return new RowView(network, "failures", Verdict.Kind.FAILED.styleName(), cells);
  }

  private static List<Cell> failed(List<FailureFinding> failures) {
    return List.of(
        new Cell(
            failures.isEmpty() ? "" : Texts.of("%,d", failures.size()),
            Integer.toString(failures.size())),
        failures.isEmpty()
            ? Cell.UNKNOWN
            : Cell.of(Texts.brief(failures.get(0).what() + ": " + failures.get(0).reason())));
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
        .map(known -> new Cell(Texts.of(format, known), Double.toString(known)))
        .orElse(Cell.UNKNOWN);
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
    Optional<String> best = verdict.best().map(Verdict.Candidate::criterion);
    return findings.chosen().stream()
        .filter(criterion -> best.isEmpty() || criterion.name().equals(best.get()))
        .findFirst()
        .or(() -> findings.criteria().stream().findFirst());
  }

  private List<ChartView> channels() {
    List<ChartView> charts = new ArrayList<>();
    ActivationCharts driven = new ActivationCharts(findings);
    Optional<Chart> chart = driven.chart().map(Chart.class::cast);
    ChannelCharts channels = new ChannelCharts(findings);
    Stream<String> unmeasured = chart.isPresent() ? Stream.of() : driven.unmeasured().stream();
    charts.add(
        draw(
            channels.chart(),
            id + "-channels",
            Size.FULL,
            Stream.concat(Stream.of(channels.words()), unmeasured).collect(joining(" "))));
    chart.ifPresent(one -> charts.add(draw(one, id + "-driven", Size.FULL, driven.words())));
    return charts;
  }

  private List<CriterionView> criteria(boolean isDrawn) {
    List<CriterionView> views = new ArrayList<>();
    for (CriterionFindings criterion : findings.chosen()) {
      boolean isShown = shown().filter(criterion::equals).isPresent();
      String chart = id + "-" + views.size();
      views.add(
          new CriterionView(
              "In the order of " + criterion.name(),
              isShown,
              isDrawn ? charts(criterion, chart) : List.of(),
              RepairTable.of(criterion)));
    }
    if (!findings.random().isEmpty()) {
      views.add(random(isDrawn && views.isEmpty()));
    }
    return views;
  }

  /** All random orders at once: in the charts of others they are a band. */
  private CriterionView random(boolean isDrawn) {
    List<CriterionFindings> random = findings.random();
    return new CriterionView(
        random.size() == 1
            ? "In a random order"
            : Texts.of("In %,d random orders, from the least to the greatest", random.size()),
        findings.chosen().isEmpty(),
        isDrawn ? charts(random.get(0), id + "-random") : List.of(),
        RepairTable.ofChance(random));
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

  /**
   * The detector of this curve is not that of the table: each has its own step and its own rule.
   */
  private static String auroc(CriterionFindings criterion) {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        "Here G calls an image backdoored where B' disagreed with B at any step up to one; the"
            + " curve shows every such step.");
    for (DetectorRow row : criterion.detectors()) {
      sentences.add(
          Texts.of(
              "%s: AUROC %s; up to step %,d, the last at which at most %s %% of clean validation"
                  + " images are flagged, it catches %s of poisoned images and wrongly rejects %s"
                  + " of clean test images.",
              row.imageSet(),
              Texts.rating(row.auroc()),
              row.step(),
              Texts.number(100 * row.acceptedFalsePositiveRate()),
              Texts.percent(row.truePositiveRate()),
              Texts.percent(row.falsePositiveRate())));
    }
    sentences.add(
        "The G of the table goes by X: it compares B with the one B' of the step that X chose.");
    return String.join(" ", sentences);
  }

  private static ChartView draw(Chart chart, String id, Size size, String caption) {
    return new ChartView(new Drawing(size).inPage(chart, id), caption);
  }
}
