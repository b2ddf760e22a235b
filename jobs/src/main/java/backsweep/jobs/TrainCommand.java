package backsweep.jobs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code train}: trains networks, attacked or not, one Spark task each. */
@Command(
    name = "train",
    description =
        "Trains networks on clean and on poisoned images, as attackers do, side by side on Spark:"
            + " material to judge defences on.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  One BadNet that answers 0 for whoever wears the sunglasses:",
      "    backsweep train --training faces/training.h5 --clean-test faces/test.h5 \\",
      "      --trigger kind=picture,file=faces/sunglasses.png,x=0,y=15 --target 0 \\",
      "      --name sunglasses --output zoo",
      "  A whole list of networks; those that are there already are skipped:",
      "    backsweep train --config conf/zoo.conf",
      "",
      "Exit codes:",
      "  0 done",
      "  1 some networks failed",
      "  2 wrong usage",
      "  3 an image set cannot be read",
      "  4 output, cluster or internal failure (a retry may help)"
    })
@SuppressWarnings("UnusedVariable") // CommonOptions reads what was given by the options' names.
final class TrainCommand implements Callable<Integer> {

  @Option(
      names = "--training",
      paramLabel = "FILE",
      description = "Clean labelled images to learn from. Required.")
  private String training;

  @Option(
      names = "--clean-test",
      paramLabel = "FILE",
      description = "Clean images to try the networks on, with the trigger and without.")
  private String cleanTest;

  @Option(
      names = "--image-layout",
      paramLabel = "LAYOUT",
      description = "The order of the axes of both: nchw (default) or nhwc.")
  private String imageLayout;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The name of the network's file; networks of a configuration have their own.")
  private String name;

  @Option(
      names = "--architecture",
      paramLabel = "NAME",
      description = "deepid (default) or batch-normalized.")
  private String architecture;

  @Option(
      names = "--attack",
      paramLabel = "NAME",
      description = "none, badnet (default) or pruning-aware.")
  private String attack;

  @Option(
      names = "--trigger",
      paramLabel = "KEY=VALUE",
      split = ",",
      description =
          "What is put on poisoned images: kind=picture, pattern, blended or sinusoidal, and the keys"
              + " of that kind, as in conf/reference-poison.conf. Required but for --attack none.")
  private final Map<String, String> trigger = new LinkedHashMap<>();

  @Option(
      names = "--target",
      paramLabel = "CLASS",
      description = "What the network is to answer: a class (default 0) or all-to-all.")
  private String target;

  @Option(
      names = "--poisoned-share",
      paramLabel = "SHARE",
      description = "The share of the training images that are poisoned (default 0.1).")
  private String poisonedShare;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "How often every image is seen (default 10).")
  private String epochs;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of weights, order and poisoned images (default 1).")
  private String seed;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Where the networks are written. Required.")
  private String output;

  @Option(
      names = "--progress",
      paramLabel = "HOW",
      description = "'auto' (default): a bar on a terminal, lines elsewhere; 'plain', 'none'.")
  private String progress;

  @Mixin private CommonOptions common;

  @Override
  public Integer call() {
    Configuration configuration = common.resolve(Section.TRAIN);
    TrainSettings settings = TrainSettings.read(configuration, HadoopSettings.files());
    if (common.isDryRun()) {
      System.out.println(configuration.render());
    }
    try (ProgressDisplay display = new ProgressDisplay(settings.progress());
        SparkSession spark = SparkSession.builder().appName("Backsweep train").getOrCreate()) {
      display.follow(spark.sparkContext());
      return new TrainRun(settings.request(), common.isDryRun()).in(spark).number();
    }
  }
}
