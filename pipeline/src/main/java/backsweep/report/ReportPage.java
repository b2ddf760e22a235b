package backsweep.report;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import backsweep.charts.Drawing;
import backsweep.report.PageView.Fact;
import backsweep.report.PageView.FailureView;
import backsweep.report.PageView.NetworkView;
import backsweep.report.PageView.Tally;
import backsweep.store.Tables.UnitRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The page as a whole. Networks have all their charts in it until the page is heavy enough; further
 * ones have their curve among the others' and their tables.
 *
 * @param findings what an output knows
 * @param output where it lies
 */
public record ReportPage(Findings findings, String output) {

  /** Characters of charts, so that a page of hundreds of networks stays quick. */
  private static final long MOST_CHARTS = 1_500_000;

  private static final String NO_FONTS =
      "the machine that made this page has no fonts for them: install fontconfig and a font (on"
          + " Debian: fontconfig, fonts-dejavu-core), then bin/backsweep report";

  /** The page as HTML that loads nothing. */
  public String html() {
    return new Template().html(view());
  }

  private PageView view() {
    List<NetworkView> networks = networks();
    return new PageView(
        summary(),
        facts(),
        verdicts(networks),
        networks,
        findings.failures().stream().map(ReportPage::failure).toList(),
        networks.stream().filter(network -> !network.charts().isEmpty()).count());
  }

  private List<NetworkView> networks() {
    Map<String, Long> failures =
        findings.failures().stream().collect(groupingBy(FailureFinding::network, counting()));
    boolean isDrawn = Drawing.isPossible();
    boolean isOneOfMany = isDrawn && findings.networks().size() > 1;
    List<NetworkView> views = new ArrayList<>();
    long drawn = 0;
    for (NetworkFindings network : findings.networks()) {
      NetworkPage page = new NetworkPage(network, "network-" + (views.size() + 1));
      long failed = failures.getOrDefault(network.network().network(), 0L);
      NetworkView view =
          isDrawn && drawn < MOST_CHARTS
              ? page.full(failed, isOneOfMany)
              : page.brief(failed, isOneOfMany);
      drawn += charts(view).mapToLong(String::length).sum();
      views.add(view);
    }
    return views;
  }

  private static Stream<String> charts(NetworkView view) {
    return Stream.concat(
            view.charts().stream(),
            view.criteria().stream().flatMap(criterion -> criterion.charts().stream()))
        .map(PageView.ChartView::svg);
  }

  private String summary() {
    int networks = findings.networks().size();
    long sets =
        findings.networks().stream()
            .flatMap(network -> network.poisonedSets().stream())
            .distinct()
            .count();
    return "%,d %s, pruned channel by channel; %s."
        .formatted(
            networks,
            networks == 1 ? "network" : "networks",
            sets == 0
                ? "no poisoned set was given, so that nobody knows what it does to an attack"
                : "attack success was measured on %,d poisoned %s"
                    .formatted(sets, sets == 1 ? "set" : "sets"));
  }

  private List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("output", output));
    findings.started().ifPresent(time -> facts.add(new Fact("first begun", Texts.time(time))));
    findings.finished().ifPresent(time -> facts.add(new Fact("last ended", Texts.time(time))));
    if (!Drawing.isPossible()) {
      facts.add(new Fact("no charts", NO_FONTS));
    }
    List<UnitRow> units = findings.units();
    if (!units.isEmpty()) {
      facts.add(new Fact("computed by", units.get(units.size() - 1).versions()));
    }
    return facts;
  }

  private static List<Tally> verdicts(List<NetworkView> networks) {
    return Arrays.stream(Verdict.Kind.values())
        .map(
            kind ->
                new Tally(
                    kind.name().toLowerCase(Locale.ROOT),
                    kind.words(),
                    networks.stream()
                        .filter(network -> network.verdictInAWord().equals(kind.words()))
                        .count()))
        .filter(tally -> tally.networks() > 0)
        .toList();
  }

  private static FailureView failure(FailureFinding failure) {
    return new FailureView(
        failure.network(), failure.what(), failure.reason(), Texts.time(failure.when()));
  }
}
