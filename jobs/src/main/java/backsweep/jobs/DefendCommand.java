package backsweep.jobs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
      "  1 a part failed",
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

  @Option(
      names = "--architecture",
      paramLabel = "FILE",
      description = "Its architecture as JSON; needed for files with weights only.")
  private String architecture;

  @Option(
      names = "--input-scale",
      paramLabel = "D",
      description = "Divide pixels by D before the first layer (default 1).")
  private String inputScale;

  @Option(
      names = "--clean-validation",
      paramLabel = "PATH",
      description =
          "Clean labelled images, HDF5 or a folder of PNG and JPEG files, one subfolder a class; the"
              + " only ones a step is chosen by. Required.")
  private String cleanValidation;

  @Option(
      names = "--clean-test",
      paramLabel = "PATH",
      description = "Clean images that results are reported on.")
  private String cleanTest;

  @Option(
      names = "--poisoned",
      paramLabel = "NAME=PATH",
      description =
          "Poisoned images, labelled with the target class, under a name of your choice;"
              + " repeatable; adds to those of a configuration.")
  private final List<String> poisoned = new ArrayList<>();

  @Option(
      names = "--target",
      paramLabel = "CLASS",
      description =
          "The target class of folders of poisoned images; needed for them, as their subfolders, if"
              + " they have any, are the true classes.")
  private String target;

  @Option(
      names = "--image-layout",
      paramLabel = "LAYOUT",
      description = "The order of the axes in HDF5 files: nchw or nhwc (default: what fits).")
  private String imageLayout;

  @Option(
      names = "--resize",
      description =
          "Scale the images of folders to what the network takes (default: others are refused).")
  private boolean isResized;

  @Option(
      names = "--drop-percent",
      paramLabel = "X",
      split = ",",
      description = "Tolerated losses of validation accuracy in points (default 2,4,10).")
  private List<String> dropPercent;

  @Option(
      names = "--rule",
      paramLabel = "RULE",
      description = "How X chooses the step: first-below (default) or last-within.")
  private String rule;

  @Option(
      names = "--layer",
      paramLabel = "NAME",
      description =
          "The convolution to prune (default: the last on every path). In a model that is a layer:"
              + " backbone/last. One that is called several times is pruned in every call.")
  private String layer;

  @Option(
      names = "--statistics-layer",
      paramLabel = "NAME",
      description = "The layer whose mean activations rank the channels.")
  private String statisticsLayer;

  @Option(
      names = "--criterion",
      paramLabel = "NAME[,NAME]",
      split = ",",
      description =
          "In which order channels are pruned: mean-activation (default), max-activation,"
              + " active-share, apoz, kernel-l1, channel-lipschitz, taylor, anp, random (several"
              + " orders, to compare with), none (for fine-tuning alone) or given (by --order)."
              + " Several are compared.")
  private List<String> criterion;

  @Option(
      names = "--fine-tune",
      paramLabel = "PATH",
      description =
          "Clean images, none of those above, that every repaired network then learns from"
              + " (default: none learns).")
  private String fineTune;

  @Option(
      names = "--detector",
      paramLabel = "NAME",
      description =
          "Compare G with another detector: strip, the entropy of answers on blends with clean"
              + " images (default: none; a pass of the whole network for each blend).")
  private String detector;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Of anp, strip and the first random order (default 1); the others have the seeds after"
              + " it.")
  private String seed;

  @Option(
      names = "--order",
      paramLabel = "FILE",
      description = "Prune in the order of this CSV file's column 'channel'.")
  private String order;

  @Option(
      names = "--verify",
      paramLabel = "EXTENT",
      description = "Compare repairs with the curve on 'first' blocks (default) or 'full'.")
  private String verify;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Where everything is written. Required.")
  private String output;

  @Option(
      names = "--progress",
      paramLabel = "HOW",
      description = "'auto' (default): a bar on a terminal, lines elsewhere; 'plain', 'none'.")
  private String progress;

  @Mixin private CommonOptions common;

  @Override
  public Integer call() {
    NamedFiles sets = NamedFiles.parse(poisoned);
    Map<String, Object> named = poisoned.isEmpty() ? Map.of() : Map.of("poisoned", sets.files());
    Configuration configuration = common.resolve(Section.DEFEND, named);
    sets.problems().forEach(configuration::problem);
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
