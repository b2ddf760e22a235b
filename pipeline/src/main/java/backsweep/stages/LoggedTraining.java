package backsweep.stages;

import backsweep.training.TrainingWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Spark how far training is, and the log what it came to.
 *
 * @param network its name
 * @param count of the images learned from
 */
record LoggedTraining(String network, ImageCount count) implements TrainingWatch {

  private static final Logger LOG = LoggerFactory.getLogger(LoggedTraining.class);

  @Override
  public void learned(int images) {
    count.done().add(images);
  }

  @Override
  public void epoch(String phase, int epoch, double loss) {
    LOG.info("{}: epoch {} on {} images, loss {}", network, epoch, phase, "%.4f".formatted(loss));
  }
}
