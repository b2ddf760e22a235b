package backsweep.report;

import backsweep.images.Role;
import backsweep.report.PageView.Fact;
import backsweep.store.Tables.DetectorRow;
import backsweep.store.Tables.ImageSetRow;
import backsweep.store.Tables.NetworkRow;
import java.util.ArrayList;
import java.util.List;

/** What is said of a network and its images, beside what came of its defence. */
record NetworkFacts(NetworkFindings findings) {

  /** What stands at the end of its part of the page. */
  List<Fact> facts() {
    NetworkRow network = findings.network();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("file", network.file()));
    facts.add(new Fact("sha256", network.networkSha256()));
    facts.add(
        new Fact(
            "network",
            Texts.of(
                "%,d classes, images of %d x %d x %d (height, width, channels), input scale %s",
                network.classes(),
                network.height(),
                network.width(),
                network.imageChannels(),
                Texts.number(network.inputScale()))));
    facts.add(
        new Fact(
            "pruned at",
            Texts.of(
                "%s (%,d channels, %,d of them dormant), by statistics of %s",
                network.layer(),
                network.channels(),
                new ChannelCharts(findings).dormant(),
                network.statisticsLayer())));
    findings.background().imageSets().stream().map(this::imageSet).forEach(facts::add);
    findings.strip().stream().map(NetworkFacts::strip).forEach(facts::add);
    new ActivationCharts(findings).facts().forEach(facts::add);
    return facts;
  }

  private Fact imageSet(ImageSetRow set) {
    boolean isPoisoned = set.role().equals(Role.POISONED.tableName());
    String target =
        isPoisoned && set.onlyLabel() != null ? Texts.of(", target class %d", set.onlyLabel()) : "";
    return new Fact(
        "images " + set.imageSet(),
        Texts.of(
            "%s: %,d of %d x %d x %d%s; %sfrom %s; sha256 %s",
            set.role().replace('_', ' '),
            set.images(),
            set.height(),
            set.width(),
            set.imageChannels(),
            target,
            original(set.imageSet(), isPoisoned),
            set.file(),
            set.imageSetSha256()));
  }

  /** What B does on a set. */
  private String original(String imageSet, boolean isPoisoned) {
    return findings
        .curve(imageSet)
        .map(
            curve ->
                Texts.of(
                    "%s of B %s; ",
                    isPoisoned ? "attack success" : "accuracy",
                    Texts.withCounts(curve.labelShare(0))))
        .orElse("");
  }

  private static Fact strip(DetectorRow row) {
    return new Fact(
        "STRIP on " + row.imageSet(),
        Texts.of(
            "AUROC %s; catches %s, wrongly rejects %s",
            Texts.rating(row.auroc()),
            Texts.percent(row.truePositiveRate()),
            Texts.percent(row.falsePositiveRate())));
  }

  /** What a reader must know before the numbers: slips, and settings of which nothing is shown. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (SlipFinding slip : findings.background().slips()) {
      notes.add(Texts.of("%s: %s. %s", slip.imageSet(), slip.found(), slip.advice()));
    }
    int older = findings.background().olderSettings();
    if (older > 0) {
      notes.add(
          Texts.of(
              "This is what the last settings gave (input scale %s). The tables of the output have results of this network at this layer by %,d older %s (another input scale, statistics layer or set of clean validation images), which are not shown.",
              Texts.number(findings.network().inputScale()), older, older == 1 ? "one" : "ones"));
    }
    return notes;
  }
}
