package backsweep.jobs;

import static java.util.stream.Collectors.toCollection;

import backsweep.report.FileName;
import backsweep.report.Findings;
import backsweep.report.Galleries;
import backsweep.report.WriteReport;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code report}: a page about what an output knows. */
@Command(
    name = "report",
    description =
        "Makes a page of the results that defend and sweep left in an output, who have made one"
            + " already; it needs no network access and loads nothing.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  The page about all networks, out/report.html:",
      "    backsweep report --output out",
      "  All charts of one network, out/report-NETWORK.html, and as files for a paper:",
      "    backsweep report --output out --network bd_net-1a2b3c4d --pictures",
      "  A page to pass on that shows nobody's face:",
      "    backsweep report --output out --images 0",
      "",
      "Exit codes:",
      "  0 done",
      "  2 wrong usage, such as an output without results",
      "  4 output, cluster or internal failure (a retry may help)"
    })
final class ReportCommand implements Callable<Integer> {

  @Option(
      names = "--output",
      paramLabel = "DIR",
      required = true,
      description = "The output of defend or sweep.")
  private String output;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description = "Only this network, named as in the page and the tables; repeatable.")
  private Set<String> networks = new LinkedHashSet<>();

  @Option(
      names = "--pictures",
      description = "Also every chart as SVG and PNG, in report/NETWORK/ of the output.")
  private boolean isPictured;

  @Option(
      names = "--images",
      paramLabel = "N",
      description =
          "How many images of each set the page shows, of its first networks, and what B, B' and G"
              + " answer; 0 for none, at most 20 (default 4). They are pictures of whoever is in them, and go"
              + " wherever the page goes.")
  private int images = 4;

  @Override
  public Integer call() {
    if (images < 0 || images > DefenceSettings.MOST_IMAGES) {
      throw new UsageException(
          "--images: expected a whole number from 0 to %d, found %d"
              .formatted(DefenceSettings.MOST_IMAGES, images));
    }
    try (SparkSession spark = SparkSession.builder().appName("Backsweep report").getOrCreate()) {
      OutputReport report = new OutputReport(spark, output);
      Findings all = report.read();
      if (all.units().isEmpty()) {
        throw new UsageException(
            "--output: expected what defend or sweep wrote, found no results in " + output);
      }
      requireKnown(all);
      Findings wanted = networks.isEmpty() ? all : all.only(networks);
      WriteReport write = report.writer();
      Galleries galleries = report.galleries(wanted, images);
      System.out.println("Written   " + write.page(wanted, galleries, page()));
      if (isPictured) {
        List<String> pictures = write.pictures(wanted);
        System.out.printf("Written   %,d pictures in %s/report/%n", pictures.size(), output);
      }
    }
    return ExitCode.DONE.number();
  }

  private String page() {
    return networks.isEmpty()
        ? WriteReport.PAGE
        : "report-" + FileName.of(String.join("-", networks)) + ".html";
  }

  private void requireKnown(Findings all) {
    Set<String> known =
        all.networks().stream()
            .map(one -> one.network().network())
            .collect(toCollection(TreeSet::new));
    List<String> unknown = networks.stream().filter(name -> !known.contains(name)).toList();
    if (!unknown.isEmpty()) {
      throw new UsageException(
          "--network: expected a network of %s, found %s; there are: %s"
              .formatted(output, String.join(", ", unknown), some(known)));
    }
  }

  private static String some(Set<String> known) {
    String first = String.join(", ", known.stream().limit(20).toList());
    return known.size() > 20 ? "%s and %,d more".formatted(first, known.size() - 20) : first;
  }
}
