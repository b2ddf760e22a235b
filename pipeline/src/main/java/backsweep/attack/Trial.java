package backsweep.attack;

import backsweep.evaluation.Share;
import backsweep.network.Network;
import backsweep.tensorflow.Inspection;
import backsweep.tensorflow.NetworkTrainer;
import backsweep.tensorflow.Pupil;
import backsweep.training.Batch;
import backsweep.training.Studio;
import backsweep.training.TrainingImages;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How well an attack worked, on images that were not learned from.
 *
 * @param cleanAccuracy clean images answered with their label
 * @param attackSuccess images of other classes than the target that are answered with the target
 *     once they have the trigger; empty where there is no attack or no such image
 */
public record Trial(Share cleanAccuracy, Optional<Share> attackSuccess) {

  private static final int IMAGES_AT_ONCE = 256;

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
    int[] order = IntStream.range(0, images.size()).toArray();
    Batch batch = new Batch(images, IMAGES_AT_ONCE);
    long hits = 0;
    for (int first = 0; first < order.length; first += IMAGES_AT_ONCE) {
      batch.fill(order, first);
      Inspection inspection = trainer.inspect(batch.pixels(), batch.images());
      for (int image = 0; image < inspection.images(); image++) {
        hits += inspection.answer(image) == images.label(first + image) ? 1 : 0;
      }
    }
    return new Share(hits, order.length);
  }
}
