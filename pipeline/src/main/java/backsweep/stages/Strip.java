package backsweep.stages;

import backsweep.images.ImageSet;
import backsweep.images.Role;
import backsweep.network.Activate;
import backsweep.network.Activation.Plain;
import backsweep.network.Graph;
import backsweep.network.Identity;
import backsweep.network.Node;
import backsweep.network.UnsupportedNetworkException;
import backsweep.training.Shuffle;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The detector STRIP, to compare G with: the mean entropy of the network's answers on blends {@code
 * (1 - alpha) x + alpha c} of an image with clean images, of which a low one is suspicious (Gao et
 * al., ACSAC 2019). The clean images are drawn once from the clean validation set and are the same
 * for every image of every set. Those of the validation set are not measured themselves, as none is
 * to be blended with itself, which is no blend.
 *
 * @param overlays how many clean images every image is blended with
 * @param alpha their weight
 * @param images of every set are measured at most: so many drawn, or all
 * @param seed of what is drawn
 */
public record Strip(int overlays, float alpha, int images, long seed) implements Serializable {

  /** What this detector is called in settings and tables. */
  public static final String LABEL = "strip";

  /** Checks the numbers. */
  public Strip {
    if (overlays < 1 || images < 1 || !(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException(
          "expected at least one overlay and image, and alpha between 0 and 1, found %d, %d and %s"
              .formatted(overlays, images, alpha));
    }
  }

  /** What of it results depend on. */
  String ingredients() {
    return "overlays %d, alpha %s, images %d, seed %d".formatted(overlays, alpha, images, seed);
  }

  /** The clean images that others are blended with, by their places in the validation set. */
  int[] drawnOverlays(ImageSet validation) {
    return Arrays.copyOf(drawn(validation.images(), overlays), overlays);
  }

  /**
   * The images of a set that are measured, by their places in it, in increasing order. Sets of one
   * size have theirs at the same places, as have poisoned images and the clean ones they were made
   * of; but for the validation set, also where it is the test set, too.
   */
  int[] measured(ImageSet set, ImageSet validation) {
    int first = set.sha256().equals(validation.sha256()) ? overlays : 0;
    int last = (int) Math.min(set.images(), (long) first + images);
    return Arrays.stream(drawn(set.images(), last), first, last).sorted().toArray();
  }

  private int[] drawn(int all, int count) {
    int[] places = IntStream.range(0, all).toArray();
    Shuffle.first(places, count, new SplittableRandom(seed));
    return places;
  }

  /**
   * Checks that there is something to draw from, and that answers have an entropy.
   *
   * @throws TooFewImagesException if validation images are too few
   * @throws UnsupportedNetworkException if the network does not answer with probabilities
   */
  void check(SubjectNetwork subject, ImageSet validation) {
    if (validation.images() <= overlays) {
      throw new TooFewImagesException(
          "%s: expected more than the %d images that others are blended with (strip-overlays), found %d"
              .formatted(validation.name(), overlays, validation.images()));
    }
    Node last = last(subject.network().graph());
    if (!(last.layer() instanceof Activate activate) || activate.function() != Plain.SOFTMAX) {
      throw new UnsupportedNetworkException(
          "%s, detector %s: entropy needs probabilities, from a network that ends in softmax, found %s at layer %s"
              .formatted(subject.file().path(), LABEL, last.layer(), last.name()));
    }
  }

  private static Node last(Graph graph) {
    Node last = graph.node(graph.output());
    while (last.layer() instanceof Identity) {
      last = graph.node(last.inputs().get(0));
    }
    return last;
  }

  /** The sources of sets that are measured; none where there is nothing to compare. */
  static List<ImageSource> sources(DefencePlan plan) {
    boolean isComparable =
        plan.cleanTest().isPresent()
            && plan.sets().stream().anyMatch(set -> set.role() == Role.POISONED);
    return isComparable ? plan.sources() : List.of();
  }
}
