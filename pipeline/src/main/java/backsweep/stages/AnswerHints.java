package backsweep.stages;

import backsweep.evaluation.AnsweredLabels;
import backsweep.evaluation.LabelShift;
import backsweep.evaluation.Share;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What answers look like where pixels are on the wrong scale, labels are off by one, or a poisoned
 * set is labelled with something else than its target.
 *
 * @param source the set
 * @param share of all its images that are answered with their label
 * @param classes of the network
 */
record AnswerHints(ImageSource source, Share share, int classes) {

  /** Pixels are from 0 to 255 or from 0 to 1, and so are those that a network learned from. */
  private static final List<Float> SCALES = List.of(1f, 255f, 1 / 255f);

  private static final double HALF = 0.5;
  private static final double NEARLY_ALL = 0.9;

  /** Whether it is worth asking again: most are wrong, or chance would do as well. */
  boolean isDoubtful() {
    return share.fraction() < HALF || share.isAtMost(1.0 / classes);
  }

  /** The scales to ask at, of a clean set; the one it was asked at first. */
  static List<Float> scales(float asked) {
    List<Float> scales = new ArrayList<>(List.of(asked));
    SCALES.stream().filter(scale -> scale != asked).forEach(scales::add);
    return scales;
  }

  /**
   * What shows in a clean set, if anything does.
   *
   * @param byScale the answers to some of its images, that scale first at which all were asked
   */
  Optional<Slip> clean(Map<Float, AnsweredLabels> byScale) {
    float asked = byScale.keySet().iterator().next();
    AnsweredLabels now = byScale.get(asked);
    return explanation(byScale, asked).or(() -> usual(now)).or(() -> unasked(asked));
  }

  /**
   * What can be said of a clean set by its share alone.
   *
   * @param asked the scale at which it was asked
   */
  Optional<Slip> unasked(float asked) {
    return share.isAtMost(1.0 / classes) ? Optional.of(guessing(asked)) : Optional.empty();
  }

  /** Another scale, other labels or both, with which far more answers are right. */
  private Optional<Slip> explanation(Map<Float, AnsweredLabels> byScale, float asked) {
    Share now = byScale.get(asked).right();
    Optional<Slip> best = Optional.empty();
    Share most = now;
    for (Map.Entry<Float, AnsweredLabels> one : byScale.entrySet()) {
      for (LabelShift shift : LabelShift.values()) {
        Share right = one.getValue().shifted(shift);
        boolean isEnough = right.isAbove(now) && (shift == LabelShift.NONE || isMost(right));
        if (isEnough && right.hits() > most.hits()) {
          most = right;
          best = Optional.of(hint(one.getKey(), asked, shift, right));
        }
      }
    }
    return best;
  }

  private static boolean isMost(Share share) {
    return share.lowerBound() > HALF;
  }

  private Slip hint(float scale, float asked, LabelShift shift, Share right) {
    List<String> advice = new ArrayList<>();
    if (scale != asked) {
      advice.add("try --input-scale " + number(scale));
    }
    switch (shift) {
      case NONE -> {}
      case FROM_ONE -> advice.add("labels seem to count from 1: subtract 1 from each");
      case BELOW_ZERO -> advice.add("labels seem to be one too low: add 1 to each");
    }
    String what = String.join(", and ", advice);
    return hint(
        "%s%s; of the first and last %,d images %,d are answered right then"
            .formatted(
                what.substring(0, 1).toUpperCase(Locale.ROOT),
                what.substring(1),
                right.of(),
                right.hits()));
  }

  private Optional<Slip> usual(AnsweredLabels now) {
    return now.answeredUsual().lowerBound() > NEARLY_ALL && now.hasVariedLabels()
        ? Optional.of(
            hint(
                "Nearly all are answered %d: is it a poisoned set, which goes to --poisoned NAME=PATH?"
                        .formatted(now.usual())
                    + " Or are pixels on another scale than the network learned from"
                    + " (--input-scale)?"))
        : Optional.empty();
  }

  private Slip guessing(float asked) {
    return hint(
        "Is --input-scale right? It is %s; 255 is for networks trained on pixels from 0 to 1, 1 for"
                .formatted(number(asked))
            + " those trained on pixels from 0 to 255. Are the labels the classes that the network"
            + " learned, in that order?");
  }

  /**
   * What shows in a poisoned set, if anything does.
   *
   * @param now the answers to some of its images
   */
  Optional<Slip> poisoned(AnsweredLabels now) {
    if (!isMost(now.answeredUsual()) || !now.answeredUsual().isAbove(now.right())) {
      return shiftedTargets(now);
    }
    String labels =
        source.hasSeveralLabels()
            ? "have labels of their own"
            : "are labelled " + source.onlyLabel();
    return Optional.of(
        hint(
            "Most are answered %d, but %s: the labels of a poisoned set must be the attacker's target"
                    .formatted(now.usual(), labels)
                + " class. If that is %d, label them so; for a folder: --target %d."
                    .formatted(now.usual(), now.usual())));
  }

  private Optional<Slip> shiftedTargets(AnsweredLabels now) {
    return isMost(now.shifted(LabelShift.FROM_ONE))
        ? Optional.of(hint("Labels seem to count from 1: subtract 1 from each."))
        : Optional.empty();
  }

  private Slip hint(String advice) {
    boolean isGuess = share.isAtMost(1.0 / classes);
    return new Slip(
        source.set().name(),
        "%,d of %,d images are answered with their label%s"
            .formatted(
                share.hits(),
                share.of(),
                isGuess ? ", no better than guessing among %,d classes".formatted(classes) : ""),
        advice);
  }

  /** Shortest, as a person would write it. */
  private static String number(float scale) {
    return new DecimalFormat("0.########", DecimalFormatSymbols.getInstance(Locale.ROOT))
        .format(scale);
  }
}
