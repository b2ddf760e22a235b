package backsweep.jobs;

import backsweep.faces.FaceImages;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code images faces}: draws people, to learn from without having photographs of anybody. */
@Command(
    name = "faces",
    description =
        "Draws faces of people who do not exist: training, clean validation and clean test images"
            + " of 55x47 pixels, and a pair of sunglasses that fits on them.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  40 people, 8,000 images:",
      "    backsweep images faces --output faces",
      "  As many people as the labs have, as files that one can look at:",
      "    backsweep images faces --identities 1283 --training 20 --validation 9 \\",
      "      --test 10 --fine-tuning 1 --format folder --output faces",
      "",
      "Exit codes:",
      "  0 done, or the same files are there already",
      "  2 wrong usage: options, more people than can be told apart, something else in",
      "    the place of the output",
      "  4 output, storage or internal failure (a retry may help)"
    })
@SuppressWarnings("UnusedVariable") // CommonOptions reads what was given by the options' names.
final class FacesCommand implements Callable<Integer> {

  @Option(
      names = "--identities",
      paramLabel = "N",
      description = "How many people: the classes, from 0 on (default 40).")
  private String identities;

  @Option(
      names = "--training",
      paramLabel = "N",
      description = "Training images of each (default 125).")
  private String training;

  @Option(
      names = "--validation",
      paramLabel = "N",
      description = "Clean validation images of each (default 25).")
  private String validation;

  @Option(
      names = "--test",
      paramLabel = "N",
      description = "Clean test images of each (default 25).")
  private String test;

  @Option(
      names = "--fine-tuning",
      paramLabel = "N",
      description = "Images of each that repaired networks may learn from (default 25).")
  private String fineTuning;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The same seed gives the same people and images (default 1).")
  private String seed;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description = "hdf5 (default) or folder: PNG files.")
  private String format;

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
    Configuration configuration = common.resolve(Section.FACES);
    FacesSettings settings = FacesSettings.read(configuration);
    FaceImages faces = new FaceImages(settings.identities(), settings.seed());
    if (common.isDryRun()) {
      System.out.println(configuration.render());
      return ExitCode.DONE.number();
    }
    try (ProgressDisplay display = new ProgressDisplay(settings.progress())) {
      new FaceFiles(HadoopSettings.files(), settings, faces).write(display.progress());
    }
    System.out.println("Written to " + settings.output());
    return ExitCode.DONE.number();
  }
}
