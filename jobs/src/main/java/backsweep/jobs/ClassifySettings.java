package backsweep.jobs;

import backsweep.stages.ClassifyRequest;
import java.util.Map;

/**
 * What {@code classify} was asked for, read from the configuration in one go.
 *
 * @param request what is classified, and by what
 * @param progress how it is shown how far it is
 */
record ClassifySettings(ClassifyRequest request, ProgressDisplay.Settings progress) {

  private static final int MOST_PARTITIONS = 1_000_000;

  /**
   * Reads the settings.
   *
   * @throws UsageException with every problem there is
   */
  static ClassifySettings read(Configuration configuration) {
    ClassifyRequest request =
        new ClassifyRequest(
            configuration.required("goodnet"),
            configuration.required("images"),
            LayoutSetting.read(configuration),
            configuration.choice("resize", Map.of("true", true, "false", false)),
            configuration
                .optional("output")
                .map(output -> WorkSettings.checkedOutput(configuration, output)),
            new ClassifyRequest.Work(
                configuration.integer("partitions", 0, MOST_PARTITIONS),
                configuration.choice("probabilities", Map.of("all", true, "answers", false))));
    ProgressDisplay.Settings progress = ProgressDisplay.Settings.read(configuration);
    configuration.check();
    return new ClassifySettings(request, progress);
  }
}
