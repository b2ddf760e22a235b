package backsweep.jobs;

import backsweep.stages.DefenceRequest.FineTune;
import backsweep.tensorflow.Adam;
import backsweep.tensorflow.Pupil.Normalization;
import backsweep.training.FineTuning;
import backsweep.training.Schedule;
import java.util.Map;
import java.util.Optional;

/** How {@code defend} fine-tunes what it repaired, if it does. */
final class FineTuneSettings {

  private static final double SLOWEST = 1e-9;
  private static final int LARGEST_BATCH = 65_536;

  private FineTuneSettings() {}

  /** Reads the settings; what is wrong with them is noted. */
  static Optional<FineTune> read(Configuration configuration) {
    double learningRate = configuration.number("fine-tune-learning-rate", SLOWEST, Float.MAX_VALUE);
    Schedule schedule =
        new Schedule(
            configuration.integer("fine-tune-epochs", 1, 1_000_000),
            configuration.integer("fine-tune-batch-size", 1, LARGEST_BATCH),
            new Adam(
                learningRate,
                configuration.number("fine-tune-weight-decay", 0, 1 / (2 * learningRate))));
    FineTuning how =
        new FineTuning(
            schedule,
            configuration.choice(
                "fine-tune-normalization",
                Map.of("inference", Normalization.INFERENCE, "batch", Normalization.BATCH)),
            configuration.wholeNumber("seed", Long.MIN_VALUE, Long.MAX_VALUE));
    return configuration.optional("fine-tune").map(images -> new FineTune(images, how));
  }
}
