package backsweep.jobs;

import backsweep.stages.Classified;
import backsweep.stages.ClassifyImages;
import backsweep.stages.ClassifyPlan;
import backsweep.stages.ClassifyRequest;
import backsweep.stages.Run;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code classify}: the detector G at work, on one image or ten million. */
@Command(
    name = "classify",
    description =
        "Asks a detector G for the class of images that nobody has labels for: 0 to N-1, or N for"
            + " those that look backdoored.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  Every picture below a folder:",
      "    backsweep classify --images photos/ --output answers \\",
      "      --goodnet out/goodnet/bd_net-1a2b3c4d/mean-activation-first-below-10",
      "  The images of an HDF5 file, with the probabilities of all classes:",
      "    backsweep classify --images bd_test.h5 --probabilities all \\",
      "      --goodnet out/goodnet/bd_net-1a2b3c4d/mean-activation-first-below-10 \\",
      "      --output answers-bd",
      "  One picture, whose class is printed:",
      "    backsweep classify --images face.png \\",
      "      --goodnet out/goodnet/bd_net-1a2b3c4d/mean-activation-first-below-10",
      "",
      "Exit codes:",
      "  0 done",
      "  1 some images could not be read; their rows say why",
      "  2 wrong usage, or there is something at the output already",
      "  3 the detector cannot be read or run, or none of the images can be read",
      "  4 output, cluster or internal failure (a retry may help)"
    })
@SuppressWarnings("UnusedVariable") // CommonOptions reads what was given by the options' names.
final class ClassifyCommand implements Callable<Integer> {

  @Option(
      names = "--goodnet",
      paramLabel = "DIR",
      description = "The detector: a folder below goodnet/ that defend wrote. Required.")
  private String goodNet;

  @Option(
      names = "--images",
      paramLabel = "PATH",
      description =
          "What is classified: a folder of PNG and JPEG files with all that is below it, one such"
              + " file, or an HDF5 file, with labels or without. Required.")
  private String images;

  @Option(
      names = "--image-layout",
      paramLabel = "LAYOUT",
      description = "The order of the axes in HDF5 files: nchw or nhwc (default: what fits).")
  private String imageLayout;

  @Option(
      names = "--resize",
      description = "Scale pictures to what the network takes (default: others are unreadable).")
  private boolean isResized;

  @Option(
      names = "--probabilities",
      paramLabel = "WHICH",
      description = "Those of the 'answers' (default) or of 'all' classes.")
  private String probabilities;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description =
          "The folder that is made: answers/ (Parquet), answers.csv, manifest.json. Required, but for"
              + " one picture.")
  private String output;

  @Option(
      names = "--progress",
      paramLabel = "HOW",
      description = "'auto' (default): a bar on a terminal, lines elsewhere; 'plain', 'none'.")
  private String progress;

  @Mixin private CommonOptions common;

  @Override
  public Integer call() {
    Configuration configuration = common.resolve(Section.CLASSIFY);
    ClassifySettings settings = ClassifySettings.read(configuration);
    if (common.isDryRun()) {
      System.out.println(configuration.render());
    }
    // The session ends first: it has told everything before the display is taken away.
    try (ProgressDisplay progress = new ProgressDisplay(settings.progress());
        SparkSession spark = SparkSession.builder().appName("Backsweep classify").getOrCreate()) {
      progress.follow(spark.sparkContext());
      return classify(spark, settings.request(), configuration.json()).number();
    }
  }

  private ExitCode classify(SparkSession spark, ClassifyRequest request, String configuration) {
    ClassifyReport report = new ClassifyReport(request, System.out);
    ClassifyImages classify = new ClassifyImages(spark, request);
    ClassifyPlan plan = classify.plan();
    if (request.output().isEmpty() && !plan.isOnePicture()) {
      throw new UsageException(
          "--output is required (or backsweep.classify.output in a configuration), as there are"
              + " %d images; only for one picture it is not".formatted(plan.images()));
    }
    report.print(plan);
    if (common.isDryRun()) {
      return ExitCode.DONE;
    }
    Run run = Run.begin(Version.provenance(spark.sparkContext().getConf()));
    Classified classified = classify.execute(plan, run, configuration);
    report.print(plan, classified);
    return end(classified);
  }

  private static ExitCode end(Classified classified) {
    if (classified.isComplete()) {
      return ExitCode.DONE;
    }
    return classified.unreadable() == classified.images()
        ? ExitCode.BAD_INPUT
        : ExitCode.PARTLY_FAILED;
  }
}
