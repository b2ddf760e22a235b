package backsweep.jobs;

import backsweep.store.SharedFiles;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code demo}: the whole of Backsweep from nothing, for those who have neither network nor images.
 */
@Command(
    name = "demo",
    description =
        "Draws faces, trains a BadNet on them that answers 0 for whoever wears the sunglasses, and"
            + " defends against it. Needs no file and no network access.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  The labs' story, in about a minute:",
      "    backsweep demo",
      "  With other people, elsewhere:",
      "    backsweep demo --seed 7 --output another-demo",
      "",
      "Exit codes:",
      "  0 done",
      "  1 a part failed",
      "  2 wrong usage, or something else in the place of the output",
      "  3 what was made before is damaged",
      "  4 output or internal failure (a retry may help)"
    })
@SuppressWarnings("UnusedVariable") // CommonOptions reads what was given by the options' names.
final class DemoCommand implements Callable<Integer> {

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Where everything is written (default backsweep-demo).")
  private String output;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The same seed gives the same numbers on one machine (default 1).")
  private String seed;

  @Option(
      names = "--progress",
      paramLabel = "HOW",
      description = "'auto' (default): a bar on a terminal, lines elsewhere; 'plain', 'none'.")
  private String progress;

  @Mixin private CommonOptions common;

  @Override
  public Integer call() {
    Configuration configuration = common.resolve(Section.DEMO);
    ProgressDisplay.Settings shown = ProgressDisplay.Settings.read(configuration);
    Demo demo =
        new Demo(
            configuration.required("output"),
            configuration.wholeNumber("seed", Long.MIN_VALUE, Long.MAX_VALUE),
            configuration.optional("progress").orElse("auto"));
    configuration.check();
    if (common.isDryRun()) {
      System.out.println(configuration.render());
      return ExitCode.DONE.number();
    }
    try (ProgressDisplay display = new ProgressDisplay(shown)) {
      return tell(demo, display).number();
    }
  }

  private static ExitCode tell(Demo demo, ProgressDisplay display) {
    SharedFiles files = HadoopSettings.files();
    say("1 of 4: drawing faces of people who do not exist");
    demo.draw(files, display.progress());
    try (SparkSession spark = SparkSession.builder().appName("Backsweep demo").getOrCreate()) {
      display.follow(spark.sparkContext());
      say("2 of 4: training the labs' network on them; a tenth wear sunglasses and are labelled 0");
      ExitCode trained = demo.train(files, spark);
      if (trained != ExitCode.DONE) {
        return trained;
      }
      say("3 of 4: putting the sunglasses on the test images, to see whether the attack works");
      demo.poison(files);
      say("4 of 4: pruning the network channel by channel, by clean validation images alone");
      ExitCode defended = demo.defend(spark);
      sayWhere(demo);
      return defended;
    }
  }

  private static void say(String step) {
    System.out.printf("%n== %s%n%n", step);
  }

  private static void sayWhere(Demo demo) {
    System.out.printf(
        "%nEverything is in %1$s: faces/ (with sunglasses.png), networks/ and results/; the page about%n"
            + "what came of it is %1$s/results/report.html.%n"
            + "Each step is a command: images faces, train, poison, defend; see README.md for your own%n"
            + "network and images.%n",
        demo.output());
  }
}
