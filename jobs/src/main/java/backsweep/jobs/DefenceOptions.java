package backsweep.jobs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options of every command that defends: which images, how, and where to. */
@SuppressWarnings("UnusedVariable") // CommonOptions reads what was given by the options' names.
final class DefenceOptions {

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
          "Of anp, strip, fine-tuning and the first random order (default 1); the others have the"
              + " seeds after it.")
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
      names = "--retry-failed",
      description =
          "Try again what failed at an earlier run: networks of a sweep, and criteria (default: it"
              + " stays failed, and is reported).")
  private boolean isFailedRetried;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Where everything is written. Required.")
  private String output;

  @Option(
      names = "--report-images",
      paramLabel = "N",
      description =
          "How many images of each set the page report.html shows, of its first networks, and what"
              + " is answered; 0 for none (default 4). They are pictures of whoever is in them, and"
              + " go wherever the page goes.")
  private String reportImages;

  @Option(
      names = "--progress",
      paramLabel = "HOW",
      description = "'auto' (default): a bar on a terminal, lines elsewhere; 'plain', 'none'.")
  private String progress;

  /**
   * The configuration with the options that were given on top.
   *
   * @param others what was made of options that are no plain values, by key
   */
  Configuration resolve(CommonOptions common, Map<String, Object> others) {
    NamedFiles sets = NamedFiles.parse(poisoned);
    Map<String, Object> made = new HashMap<>(others);
    if (!poisoned.isEmpty()) {
      made.put("poisoned", sets.files());
    }
    Configuration configuration = common.resolve(Section.DEFEND, made);
    sets.problems().forEach(configuration::problem);
    return configuration;
  }
}
