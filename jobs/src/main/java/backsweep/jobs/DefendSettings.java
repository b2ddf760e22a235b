package backsweep.jobs;

import backsweep.stages.DefenceRequest;
import backsweep.stages.DefenceRequest.ImageFiles;
import backsweep.stages.DefenceRequest.NetworkFile;

/**
 * What {@code defend} was asked for, read from the configuration in one go.
 *
 * @param request what is defended, with what, into which output
 * @param criteria in which orders it is pruned
 * @param progress how it is shown how far the run is
 * @param reportImages how many images of each set its page shows
 */
record DefendSettings(
    DefenceRequest request,
    CriteriaSettings criteria,
    ProgressDisplay.Settings progress,
    int reportImages) {

  /**
   * Reads the settings.
   *
   * @throws UsageException with every problem there is
   */
  static DefendSettings read(Configuration configuration) {
    NetworkFile network = NetworkSettings.read(configuration, "network");
    ImageFiles images = ImageSettings.read(configuration);
    DefenceSettings how = DefenceSettings.read(configuration);
    DetectorSettings.check(configuration);
    configuration.check();
    return new DefendSettings(
        how.request(network, images), how.criteria(), how.progress(), how.reportImages());
  }
}
