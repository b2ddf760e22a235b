package backsweep.jobs;

import backsweep.stages.DefenceRequest;
import backsweep.stages.DefenceRequest.ImageFiles;
import backsweep.stages.DefenceRequest.NetworkFile;
import backsweep.stages.DefenceRequest.Repairs;
import backsweep.stages.DefenceRequest.Work;
import backsweep.stages.Strip;
import java.util.Optional;

/**
 * How networks are defended, whichever they are.
 *
 * @param repairs that are wanted of each
 * @param work how it is done
 * @param criteria in which orders they are pruned
 * @param strip the detector that G is compared with, if it is
 * @param progress how it is shown how far the run is
 * @param reportImages how many images of each set the page shows
 */
record DefenceSettings(
    Repairs repairs,
    Work work,
    CriteriaSettings criteria,
    Optional<Strip> strip,
    ProgressDisplay.Settings progress,
    int reportImages) {

  /** How many images of a set a page shows at most. */
  static final int MOST_IMAGES = 20;

  /** Reads the settings; what is wrong with them is noted. */
  static DefenceSettings read(Configuration configuration) {
    Repairs repairs = RepairSettings.read(configuration);
    Work work = WorkSettings.read(configuration);
    CriteriaSettings criteria = CriteriaSettings.read(configuration);
    if (criteria.isUnpruned() && repairs.fineTune().isEmpty()) {
      configuration.problem("criterion", "\"none\" needs fine-tuning (--fine-tune FILE)");
    }
    return new DefenceSettings(
        repairs,
        work,
        criteria,
        DetectorSettings.read(configuration),
        ProgressDisplay.Settings.read(configuration),
        configuration.integer("report-images", 0, MOST_IMAGES));
  }

  /** What is asked for a network. */
  DefenceRequest request(NetworkFile network, ImageFiles images) {
    return new DefenceRequest(network, images, repairs, work, strip);
  }
}
