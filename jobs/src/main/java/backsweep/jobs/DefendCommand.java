package backsweep.jobs;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code defend}: prunes one network, measures every step, writes tables and repairs. */
@Command(
    name = "defend",
    description =
        "Prunes a network channel by channel, measures clean accuracy and attack success after"
            + " every step, and writes repaired networks, detectors and tables.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  The labs' experiment:",
      "    backsweep defend --network bd_net.h5 --clean-validation cl/valid.h5 \\",
      "      --clean-test cl/test.h5 --poisoned sunglasses=bd/bd_test.h5 --output out",
      "  A file with weights only, of a network trained on pixels from 0 to 1:",
      "    backsweep defend --network bd_weights.h5 --architecture deepid.json \\",
      "      --input-scale 255 --clean-validation cl/valid.h5 --output out",
      "  Images in folders, a subfolder a class; where the trigger is known:",
      "    backsweep defend --network n.keras --clean-validation valid/ \\",
      "      --poisoned square=square/ --target 7 --output out",
      "  One repair only, at another layer, on the cautious side:",
      "    backsweep defend --network n.keras --layer conv_4 --rule last-within \\",
      "      --drop-percent 2.5 --clean-validation valid.h5 --output out",
      "",
      "Exit codes:",
      "  0 done",
      "  1 a part failed: a criterion, or a repair",
      "  2 wrong usage",
      "  3 the network or an image set cannot be read or is not supported",
      "  4 output, cluster or internal failure (a retry may help)"
    })
@SuppressWarnings("UnusedVariable") // CommonOptions reads what was given by the options' names.
final class DefendCommand implements Callable<Integer> {

  @Option(
      names = "--network",
      paramLabel = "FILE",
      description = "The network: .h5 or .keras. Required.")
  private String network;

  @Mixin private DefenceOptions options;

  @Mixin private CommonOptions common;

  @Override
  public Integer call() {
    Configuration configuration = options.resolve(common, Map.of());
    DefendSettings settings = DefendSettings.read(configuration);
    if (common.isDryRun()) {
      System.out.println(configuration.render());
    }
    // The session ends first: it has told everything before the display is taken away.
    try (ProgressDisplay progress = new ProgressDisplay(settings.progress());
        SparkSession spark = SparkSession.builder().appName("Backsweep defend").getOrCreate()) {
      progress.follow(spark.sparkContext());
      return new DefendRun(settings, configuration.json(), common.isDryRun(), Duration.ZERO)
          .in(spark)
          .number();
    }
  }
}
