package backsweep.training;

import backsweep.network.Network;
import backsweep.tensorflow.NetworkTrainer;
import backsweep.tensorflow.Pupil;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * One phase of training: a network learns from images for all epochs of a schedule.
 *
 * @param phase its name, for those who watch
 * @param images what is learned from
 * @param schedule how
 * @param seed of the order of the images, another one each epoch
 */
public record Lesson(String phase, TrainingImages images, Schedule schedule, long seed) {

  /**
   * Trains.
   *
   * @return the network with what it learned
   * @throws backsweep.tensorflow.DivergedException if a loss or weight is no finite number
   */
  public Network teach(Pupil pupil, Studio studio) {
    try (NetworkTrainer trainer = new NetworkTrainer(pupil, studio.threads())) {
      int[] order = IntStream.range(0, images.size()).toArray();
      SplittableRandom random = new SplittableRandom(seed);
      Batch batch = new Batch(images, schedule.batchSize());
      for (int epoch = 0; epoch < schedule.epochs(); epoch++) {
        Shuffle.all(order, random);
        double loss = epoch(trainer, batch, order, epoch, studio.watch());
        studio.watch().epoch(phase, epoch + 1, loss);
      }
      return trainer.network();
    }
  }

  private double epoch(
      NetworkTrainer trainer, Batch batch, int[] order, int epoch, TrainingWatch watch) {
    int steps = schedule.steps(order.length);
    double loss = 0;
    for (int step = 0; step < steps; step++) {
      batch.fill(order, step * schedule.batchSize());
      double mean =
          trainer.learn(
              batch.pixels(),
              batch.labels(),
              schedule.at((long) epoch * steps + step, (long) steps * schedule.epochs()));
      loss += mean * batch.images();
      watch.learned(batch.images());
    }
    return loss / order.length;
  }
}
