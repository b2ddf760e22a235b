package backsweep.attack;

import backsweep.evaluation.Share;
import backsweep.network.Network;
import backsweep.tensorflow.Inspection;
import backsweep.tensorflow.NetworkTrainer;
import backsweep.tensorflow.Pupil;
import backsweep.training.Studio;
import backsweep.training.TrainingImages;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * How well an attack worked, on images that were not learned from.
 *
 * @param cleanAccuracy clean images answered with their label
 * @param attackSuccess images of other classes than the target that are answered with the target
 *     once they have the trigger; empty where there is no attack or no such image
 */
public record Trial(Share cleanAccuracy, Optional<Share> attackSuccess) {

  /**
   * Tries a network.
   *
   * @param network takes pixels in 0..255
   */
  public static Trial of(Network network, Attack attack, TrainingImages clean, Studio studio) {
    Pupil pupil = Pupil.beginning(network, 1, Training.point(network), Optional.empty());
    try (NetworkTrainer trainer = new NetworkTrainer(pupil, studio.threads())) {
      return new Trial(
          hits(trainer, clean),
          attack
              .poisoning()
              .map(poisoning -> poisoning.allOthers(clean, network.classes()))
              .filter(others -> others.size() > 0)
              .map(others -> hits(trainer, others)));
    }
  }

  private static Share hits(NetworkTrainer trainer, TrainingImages images) {
    LongAdder hits = new LongAdder();
    new Exhibition(images)
        .to(trainer, (inspection, first) -> hits.add(hits(inspection, images, first)));
    return new Share(hits.sum(), images.size());
  }

  private static long hits(Inspection inspection, TrainingImages images, int first) {
    return IntStream.range(0, inspection.images())
        .filter(image -> inspection.answer(image) == images.label(first + image))
        .count();
  }
}
