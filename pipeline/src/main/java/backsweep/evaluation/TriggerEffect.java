package backsweep.evaluation;

import static java.util.Comparator.comparingDouble;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a trigger does to the channels of a layer: which of them does it drive?
 *
 * <p>A channel is driven where the rise of its mean activation from clean to poisoned images
 *
 * <ul>
 *   <li>is large in itself: an {@link ActivationShift#effect effect} of at least {@link
 *       #LEAST_EFFECT} standard deviations, as Cohen calls it large, and
 *   <li>is an outlier among the rises of all channels: a modified z-score above {@link #LEAST_Z},
 *       as Iglewicz and Hoaglin advise. It is {@code 0.6745 (rise - median) / MAD} with the median
 *       of the rises and the median of their absolute differences from it. Channels that are 0 on
 *       both kinds of images, and those that are not finite, are left out of the medians.
 * </ul>
 *
 * The first alone would find channels that hardly do anything; the second alone chance, where a
 * trigger does nothing.
 *
 * @param channels by their index
 */
public record TriggerEffect(List<ActivationShift> channels) {

  /** The least effect of a channel that is driven, in standard deviations. */
  public static final double LEAST_EFFECT = 0.8;

  /** The modified z-score that a channel is above which is driven. */
  public static final double LEAST_Z = 3.5;

  /** What makes a median of absolute differences the standard deviation of a normal variable. */
  private static final double NORMAL = 0.6745;

  /** Copies the list. */
  public TriggerEffect {
    channels = List.copyOf(channels);
  }

  /** The channels that are driven, those whose mean activation rises most first. */
  public List<Integer> driven() {
    double[] rises = rises();
    double median = median(rises);
    double spread = median(Arrays.stream(rises).map(rise -> Math.abs(rise - median)).toArray());
    return IntStream.range(0, channels.size())
        .filter(channel -> Double.isFinite(channels.get(channel).rise()))
        .filter(channel -> channels.get(channel).effect() >= LEAST_EFFECT)
        .filter(channel -> NORMAL * (channels.get(channel).rise() - median) > LEAST_Z * spread)
        .boxed()
        .sorted(
            comparingDouble((Integer channel) -> channels.get(channel).rise())
                .reversed()
                .thenComparingInt(channel -> channel))
        .toList();
  }

  private double[] rises() {
    return channels.stream()
        .filter(channel -> !channel.isDormant())
        .mapToDouble(ActivationShift::rise)
        .filter(Double::isFinite)
        .toArray();
  }

  /** Of none 0. */
  private static double median(double[] values) {
    double[] sorted = Arrays.stream(values).sorted().toArray();
    int half = sorted.length / 2;
    if (sorted.length == 0) {
      return 0;
    }
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
