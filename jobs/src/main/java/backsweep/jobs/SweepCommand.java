package backsweep.jobs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sweep}: defends many networks in one run, whatever becomes of some of them. */
@Command(
    name = "sweep",
    description =
        "Defends many networks in one run, as defend does one. What an earlier run did is not done"
            + " again; a network that cannot be defended is reported, and the others go on.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  A list of networks, each with what is its own:",
      "    backsweep sweep --config conf/sweep.conf --output out",
      "  Every network of a folder, all with the same images:",
      "    backsweep sweep --network 'models/*.h5' --clean-validation valid.h5 \\",
      "      --clean-test test.h5 --poisoned square=square.h5 --output out",
      "  Every night; what failed before is tried again, 1 if all networks failed:",
      "    backsweep sweep --config conf/sweep.conf --retry-failed --fail-on all",
      "",
      "Exit codes:",
      "  0 done",
      "  1 networks failed, or parts of them (see --fail-on)",
      "  2 wrong usage, or no network where one was looked for",
      "  3 a file that all networks need, as that of --order, cannot be read",
      "  4 output, cluster or internal failure (a retry may help)"
    })
@SuppressWarnings("UnusedVariable") // CommonOptions reads what was given by the options' names.
final class SweepCommand implements Callable<Integer> {

  @Option(
      names = "--network",
      paramLabel = "PATTERN",
      description =
          "A network, or several as in 'models/*.h5'; repeatable; in the place of the networks of a"
              + " configuration. Required if that has none.")
  private final List<String> patterns = new ArrayList<>();

  @Option(
      names = "--networks-per-batch",
      paramLabel = "N",
      description = "How many networks go through the stages side by side (default 16).")
  private String networksPerBatch;

  @Option(
      names = "--fail-on",
      paramLabel = "HOW",
      description =
          "End with 1 if anything of 'any' network failed, be it one criterion or repair (default);"
              + " if 'all' failed, so that no network was defended by any criterion; or 'never'.")
  private String failOn;

  @Mixin private DefenceOptions options;

  @Mixin private CommonOptions common;

  @Override
  public Integer call() {
    Configuration configuration = options.resolve(common, networks());
    SweepSettings settings =
        SweepSettings.read(configuration, new FilePatterns(HadoopSettings.read()));
    if (common.isDryRun()) {
      System.out.println(configuration.render());
      SweepReport report = new SweepReport(System.out, settings);
      report.printPlan();
      report.printNetworks();
      return ExitCode.DONE.number();
    }
    // The session ends first: it has told everything before the display is taken away.
    try (ProgressDisplay display = new ProgressDisplay(settings.how().progress());
        SparkSession spark = SparkSession.builder().appName("Backsweep sweep").getOrCreate()) {
      display.follow(spark.sparkContext());
      return new SweepRun(settings, configuration.json(), display).in(spark).number();
    }
  }

  /** An entry for every pattern; the key that the option has its name of is for {@code defend}. */
  private Map<String, Object> networks() {
    Map<String, Object> keys = new HashMap<>();
    if (!patterns.isEmpty()) {
      keys.put("network", null);
      keys.put("networks", patterns.stream().map(pattern -> Map.of("path", pattern)).toList());
    }
    return keys;
  }
}
