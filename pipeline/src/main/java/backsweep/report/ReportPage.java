package backsweep.report;

import static java.util.stream.Collectors.toSet;

import backsweep.charts.Drawing;
import backsweep.report.PageView.Fact;
import backsweep.report.PageView.FailureView;
import backsweep.report.PageView.NetworkView;
import backsweep.report.PageView.RowView;
import backsweep.report.PageView.Tally;
import backsweep.store.Tables.UnitRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The page as a whole. Networks have all their charts in it until the page is heavy enough; further
 * ones have their curve among the others' and their tables.
 *
 * @param findings what an output knows
 * @param galleries the images of networks
 * @param output where it lies
 */
public record ReportPage(Findings findings, Galleries galleries, String output) {

  /** Characters of charts and images, so that a page of hundreds of networks stays quick. */
  private static final long MOST_CHARTS = 1_500_000;

  private static final String NO_FONTS =
      "the machine that made this page has no fonts for them: install fontconfig and a font (on"
          + " Debian: fontconfig, fonts-dejavu-core), then bin/backsweep report";

  /** The page as HTML that loads nothing. */
  public String html() {
    return new Template().html(view());
  }

  private PageView view() {
    List<NetworkPage> pages = pages();
    List<RowView> rows = rows(pages);
    List<NetworkView> networks = networks(pages);
    return new PageView(
        summary(),
        facts(),
        verdicts(rows),
        columns(),
        rows,
        networks,
        galleries(networks),
        findings.failures().stream().map(ReportPage::failure).toList(),
        networks.stream().filter(network -> !network.charts().isEmpty()).count());
  }

  private List<NetworkPage> pages() {
    Map<String, List<FailureFinding>> failures = findings.failuresByNetwork();
    List<String> labels = findings.labels();
    List<NetworkPage> pages = new ArrayList<>();
    for (NetworkFindings network : findings.networks()) {
      String label = labels.get(pages.size());
      pages.add(
          new NetworkPage(
              network,
              "network-" + (pages.size() + 1),
              label,
              failures.getOrDefault(network.network().network(), List.of())));
    }
    return pages;
  }

  private boolean isFailing() {
    return !findings.failures().isEmpty();
  }

  private List<String> columns() {
    return Stream.concat(
            NetworkPage.COLUMNS.stream(),
            isFailing() ? NetworkPage.FAILURE_COLUMNS.stream() : Stream.empty())
        .toList();
  }

  private List<RowView> rows(List<NetworkPage> pages) {
    Set<String> known =
        findings.networks().stream().map(one -> one.network().network()).collect(toSet());
    return Stream.concat(
            pages.stream().map(page -> page.row(isFailing())),
            findings.failuresByNetwork().entrySet().stream()
                .filter(failed -> !known.contains(failed.getKey()))
                .map(failed -> NetworkPage.row(failed.getKey(), failed.getValue())))
        .toList();
  }

  private List<NetworkView> networks(List<NetworkPage> pages) {
    boolean isDrawn = Drawing.isPossible();
    boolean isOneOfMany = isDrawn && pages.size() > 1;
    List<NetworkView> views = new ArrayList<>();
    long drawn = galleries.characters();
    for (NetworkPage page : pages) {
      NetworkView view =
          isDrawn && drawn < MOST_CHARTS ? page.full(isOneOfMany) : page.brief(isOneOfMany);
      drawn += charts(view).mapToLong(String::length).sum();
      views.add(view);
    }
    return views;
  }

  /** Networks have their names of the page. */
  private Map<String, GalleryView> galleries(List<NetworkView> networks) {
    Map<String, GalleryView> views = new LinkedHashMap<>();
    for (int i = 0; i < networks.size(); i++) {
      String id = networks.get(i).id();
      Optional.ofNullable(galleries.byNetwork().get(findings.networks().get(i).network()))
          .ifPresent(gallery -> views.put(id, new GalleryPage(gallery).view()));
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
    return Texts.of(
        "%,d %s, pruned channel by channel; %s.",
        networks,
        networks == 1 ? "network" : "networks",
        sets == 0
            ? "attack success is unknown, as no poisoned set was given"
            : Texts.of(
                "attack success was measured on %,d poisoned %s",
                sets, sets == 1 ? "set" : "sets"));
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
      facts.add(new Fact("computed by", Versions.words(units.get(units.size() - 1).versions())));
    }
    return facts;
  }

  private static List<Tally> verdicts(List<RowView> rows) {
    return Arrays.stream(Verdict.Kind.values())
        .map(
            kind ->
                new Tally(
                    kind.styleName(),
                    kind.words(),
                    rows.stream().filter(row -> row.kind().equals(kind.styleName())).count()))
        .filter(tally -> tally.networks() > 0)
        .toList();
  }

  private static FailureView failure(FailureFinding failure) {
    return new FailureView(
        failure.network(), failure.what(), failure.reason(), Texts.time(failure.when()));
  }
}
