package backsweep.evaluation;

import java.util.List;

/**
 * How uncertain a network is about the images of a set while clean images shine through them: for
 * each image the mean entropy of its answers. What a trigger decides stays decided, so a low one is
 * suspicious (Gao et al., "STRIP: A Defence Against Trojan Attacks on Deep Neural Networks", ACSAC
 * 2019).
 *
 * @param bits of each image, in increasing order
 */
public record Entropies(List<Double> bits) {

  private static final double LOG_2 = Math.log(2);

  /** Sorts a copy of the list, and checks that there is at least one and that all are finite. */
  public Entropies {
    bits = bits.stream().sorted().toList();
    if (bits.isEmpty() || !bits.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "expected finite entropies, at least one, found %d, the last %s"
              .formatted(bits.size(), bits.isEmpty() ? "none" : bits.get(bits.size() - 1)));
    }
  }

  /**
   * The entropy of one answer, in bits: 0 where one class is certain, log2 of the number of classes
   * where all are alike.
   *
   * @param probabilities of the classes
   */
  public static double of(float[] probabilities) {
    double sum = 0;
    for (float probability : probabilities) {
      sum -= probability == 0 ? 0 : probability * Math.log(probability);
    }
    return sum / LOG_2;
  }

  /** The images whose entropy is below a threshold: what a detector flags there. */
  public Share below(double threshold) {
    return new Share(bits.stream().filter(bit -> bit < threshold).count(), bits.size());
  }

  /**
   * The highest threshold below which at most a share of these images lies. On clean validation
   * images it is the one that a defender can choose.
   *
   * @param most the share, {@code 0..1}, less than 1
   */
  public double highestThreshold(double most) {
    int flagged = 0;
    while (flagged + 1 < bits.size() && (double) (flagged + 1) / bits.size() <= most) {
      flagged++;
    }
    return bits.get(flagged);
  }

  /**
   * The area under the ROC curve of the detector that goes by the entropy: how likely that of a
   * poisoned image is lower than that of a clean one, ties counting half. These are the clean ones.
   *
   * @param poisoned those of poisoned images
   */
  public double auroc(Entropies poisoned) {
    long halves = 0;
    int below = 0;
    int upTo = 0;
    for (double clean : bits) {
      while (below < poisoned.bits.size() && poisoned.bits.get(below) < clean) {
        below++;
      }
      while (upTo < poisoned.bits.size() && poisoned.bits.get(upTo) <= clean) {
        upTo++;
      }
      halves += below + upTo;
    }
    return halves / 2.0 / ((double) bits.size() * poisoned.bits.size());
  }
}
