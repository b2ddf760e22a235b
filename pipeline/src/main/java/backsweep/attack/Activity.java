package backsweep.attack;

import backsweep.tensorflow.Inspection;
import backsweep.tensorflow.NetworkTrainer;
import backsweep.tensorflow.Pupil;
import backsweep.training.Studio;
import backsweep.training.TrainingImages;
import java.util.Arrays;
import java.util.stream.IntStream;

/** What the channels at a pruning point do on all images of a set. */
final class Activity {

  private final double[] meanSums;
  private final float[] maxima;

  private Activity(int channels) {
    meanSums = new double[channels];
    maxima = new float[channels];
    Arrays.fill(maxima, Float.NEGATIVE_INFINITY);
  }

  /** Runs a network on images. */
  static Activity of(Pupil pupil, TrainingImages images, Studio studio) {
    Activity activity = new Activity(pupil.point().channels());
    try (NetworkTrainer trainer = new NetworkTrainer(pupil, studio.threads())) {
      new Exhibition(images).to(trainer, (inspection, first) -> activity.add(inspection));
    }
    return activity;
  }

  private void add(Inspection inspection) {
    for (int image = 0; image < inspection.images(); image++) {
      for (int channel = 0; channel < maxima.length; channel++) {
        meanSums[channel] += inspection.mean(image, channel);
        maxima[channel] = Math.max(maxima[channel], inspection.maximum(image, channel));
      }
    }
  }

  /** The channels in increasing order of their mean activation, ties by index. */
  int[] leastActiveFirst() {
    return IntStream.range(0, meanSums.length)
        .boxed()
        .sorted((one, other) -> Double.compare(meanSums[one], meanSums[other]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** The largest activation of each channel, {@code (channel)}. */
  float[] maxima() {
    return maxima.clone();
  }
}
