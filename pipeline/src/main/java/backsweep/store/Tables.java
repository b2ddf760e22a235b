package backsweep.store;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * The result tables. Every row carries the unit of work it belongs to and the attempt that computed
 * it; a row counts only where {@link #UNITS} has the same unit and attempt with status {@code
 * done}. Columns are only ever added.
 */
public final class Tables {

  /** Units of work, written last: the row that commits an attempt. */
  public static final Table<UnitRow> UNITS = new Table<>("units", UnitRow.class);

  /** Networks and where they are pruned; belongs to statistics units. */
  public static final Table<NetworkRow> NETWORKS = new Table<>("networks", NetworkRow.class);

  /** Image sets; belongs to curve units. */
  public static final Table<ImageSetRow> IMAGE_SETS = new Table<>("image_sets", ImageSetRow.class);

  /** Activations on clean validation images; belongs to statistics units. */
  public static final Table<ChannelStatisticsRow> CHANNEL_STATISTICS =
      new Table<>("channel_statistics", ChannelStatisticsRow.class);

  /** Orders of channels; belongs to the curve unit of the clean validation set. */
  public static final Table<PruningOrderRow> PRUNING_ORDER =
      new Table<>("pruning_order", PruningOrderRow.class);

  /** Counts of answers after every step; belongs to curve units. */
  public static final Table<PruningCurveRow> PRUNING_CURVE =
      new Table<>("pruning_curve", PruningCurveRow.class);

  /** Repaired networks; belongs to repair units. */
  public static final Table<RepairedNetworkRow> REPAIRED_NETWORKS =
      new Table<>("repaired_networks", RepairedNetworkRow.class);

  /** The readable summary; belongs to evaluation units. */
  public static final Table<EvaluationRow> EVALUATIONS =
      new Table<>("evaluations", EvaluationRow.class);

  /** What detectors do. */
  public static final Table<DetectorRow> DETECTORS = new Table<>("detectors", DetectorRow.class);

  /** Mean entropies of answers on blended images; belongs to entropies units. */
  public static final Table<EntropyRow> ENTROPIES = new Table<>("entropies", EntropyRow.class);

  /** Mean activations on a few images of clean and poisoned sets; belongs to their units. */
  public static final Table<ActivationRow> ACTIVATIONS =
      new Table<>("activations", ActivationRow.class);

  /** What fine-tuned networks answer; belongs to fine-tuning units. */
  public static final Table<FineTunedCountsRow> FINE_TUNED_COUNTS =
      new Table<>("fine_tuned_counts", FineTunedCountsRow.class);

  private Tables() {}

  /** All tables, {@link #UNITS} last. */
  public static List<Table<?>> all() {
    return List.of(
        NETWORKS,
        IMAGE_SETS,
        CHANNEL_STATISTICS,
        PRUNING_ORDER,
        PRUNING_CURVE,
        REPAIRED_NETWORKS,
        EVALUATIONS,
        DETECTORS,
        ENTROPIES,
        ACTIVATIONS,
        FINE_TUNED_COUNTS,
        UNITS);
  }

  /**
   * One unit of work.
   *
   * @param unit sha256 of its ingredients
   * @param attempt the attempt whose rows count
   * @param network the network, {@code <file stem>-<first 8 hex digits of its sha256>}
   * @param kind {@code statistics}, {@code curve}, {@code repair} or {@code evaluation}
   * @param status {@code done} or {@code failed}
   * @param reason why it failed; null where it did not
   * @param settings the ingredients as JSON
   * @param versions versions of what computed it, with batch size, threads and CPU, as JSON
   * @param started when the attempt began
   * @param finished when it was committed
   */
  public record UnitRow(
      String unit,
      String attempt,
      String network,
      String kind,
      String status,
      String reason,
      String settings,
      String versions,
      Instant started,
      Instant finished) {

    /** Of attempts the one that ended later is the greater. */
    public static final Comparator<UnitRow> LATER =
        Comparator.comparing(UnitRow::finished).thenComparing(UnitRow::attempt);

    /** Whether the attempt's rows count, if it is the latest. */
    public boolean isDone() {
      return status.equals("done");
    }
  }

  /**
   * One network.
   *
   * @param networkSha256 of its file
   * @param architectureSha256 of the architecture file; null where there is none
   * @param inputScale what pixels are divided by
   * @param layer the convolution whose channels are pruned
   * @param statisticsLayer the layer whose activations rank them
   */
  public record NetworkRow(
      String unit,
      String attempt,
      String network,
      String file,
      String networkSha256,
      String architectureSha256,
      double inputScale,
      int height,
      int width,
      int imageChannels,
      int classes,
      String layer,
      int channels,
      String statisticsLayer) {}

  /**
   * One image set in one role.
   *
   * @param onlyLabel the label that all images have, such as the target of poisoned ones; null
   *     where they have several, or nobody has looked
   */
  public record ImageSetRow(
      String unit,
      String attempt,
      String imageSet,
      String imageSetSha256,
      String role,
      long images,
      String file,
      int height,
      int width,
      int imageChannels,
      Integer onlyLabel) {}

  /**
   * One channel of the statistics layer on clean validation images.
   *
   * @param mean over images and positions
   * @param max over images and positions
   * @param activeShare images in which any value is not 0
   * @param zeroShare zeros over images and positions
   */
  public record ChannelStatisticsRow(
      String unit,
      String attempt,
      String network,
      String layer,
      int channel,
      double mean,
      double max,
      double activeShare,
      double zeroShare,
      long images) {}

  /** One place of an order; the score is null where an order was given without. */
  public record PruningOrderRow(
      String unit,
      String attempt,
      String network,
      String criterion,
      int rank,
      int channel,
      Double score) {}

  /**
   * One step on one image set.
   *
   * @param channel the channel pruned at this step; -1 at step 0
   * @param agreements answers equal to the original network's
   * @param agreedLabelHits answers equal to both the original's and the label
   * @param firstDisagreements images whose first other answer is at this step
   */
  public record PruningCurveRow(
      String unit,
      String attempt,
      String network,
      String criterion,
      int step,
      int channel,
      String imageSet,
      String imageSetSha256,
      String role,
      long images,
      long labelHits,
      long agreements,
      long agreedLabelHits,
      long firstDisagreements,
      Long trueLabelHits,
      Long imagesNotTarget,
      Long targetHitsNotTarget) {}

  /**
   * A fine-tuned network on one image set.
   *
   * @param criterion by which it was pruned before, {@code none} where it was not
   * @param imageSet its name
   * @param images how many
   * @param labelHits images answered with their label
   * @param agreements with the original network
   * @param agreedLabelHits answered by both with their label
   * @param trueLabelHits answered with what they show; null where that is not known
   * @param imagesNotTarget that show something else than their label; null likewise
   * @param targetHitsNotTarget of these answered with their label; null likewise
   */
  public record FineTunedCountsRow(
      String unit,
      String attempt,
      String network,
      String criterion,
      String rule,
      double dropPercent,
      String imageSet,
      String imageSetSha256,
      String role,
      long images,
      long labelHits,
      long agreements,
      long agreedLabelHits,
      Long trueLabelHits,
      Long imagesNotTarget,
      Long targetHitsNotTarget) {}

  /**
   * One repair.
   *
   * @param step channels pruned; null where the drop is never reached
   * @param file the repaired network under the output; null where there is none
   * @param sha256 of that file
   * @param goodnet the detector's folder under the output; null where there is none
   * @param goodnetSha256 over the names and bytes of the folder's files
   * @param reason why there is no file
   * @param verifiedImages images on which the file, read back, was compared with the curve
   * @param verifiedSets {@code first:<sha256>} or {@code full:<sha256>} of their sets, by commas
   */
  public record RepairedNetworkRow(
      String unit,
      String attempt,
      String network,
      String criterion,
      String rule,
      double dropPercent,
      Integer step,
      boolean fineTuned,
      String file,
      String sha256,
      String goodnet,
      String goodnetSha256,
      String reason,
      Long verifiedImages,
      String verifiedSets) {}

  /**
   * The measures of one network on the clean test set and one poisoned set. Fractions; null where a
   * set that they need is missing or the step was never reached.
   *
   * @param subject {@code original} B, {@code repaired} B' or {@code goodnet} G
   * @param imageSet the poisoned set; null where there is none
   * @param defenceEffectiveness DER of B'; null for B and G
   * @param truePositiveRate poisoned images that G flags; null for B and B'
   * @param falsePositiveRate clean test images that G flags; null for B and B'
   * @param attackSuccessRateNotTarget of the poisoned images that show something else than the
   *     target those answered with it; null where true labels are not known, and for G
   */
  public record EvaluationRow(
      String unit,
      String attempt,
      String network,
      String criterion,
      String rule,
      double dropPercent,
      Integer step,
      boolean fineTuned,
      String subject,
      String imageSet,
      Double cleanAccuracy,
      Double cleanAccuracyLow,
      Double cleanAccuracyHigh,
      Double attackSuccessRate,
      Double attackSuccessRateLow,
      Double attackSuccessRateHigh,
      Double robustAccuracy,
      Double defenceEffectiveness,
      Double truePositiveRate,
      Double falsePositiveRate,
      Double attackSuccessRateNotTarget,
      Double attackSuccessRateNotTargetLow,
      Double attackSuccessRateNotTargetHigh) {}

  /**
   * The measures of a detector on the clean test set and one poisoned set. Fractions. G goes by the
   * first step at which B' disagrees with B, STRIP by the entropy of B's answers on blends.
   *
   * @param criterion of G; null for STRIP, which prunes nothing
   * @param imageSet the poisoned set
   * @param auroc how likely a poisoned image comes before a clean test image, ties counting half
   * @param acceptedFalsePositiveRate the largest share of clean validation images flagged
   * @param step the last step at which no more are; null for STRIP
   * @param validationFalsePositiveRate clean validation images flagged there
   * @param falsePositiveRate clean test images flagged there
   * @param truePositiveRate poisoned images flagged there
   * @param detector {@code first-disagreement} or {@code strip}; null in rows from before there was
   *     another than the first
   * @param threshold the highest entropy in bits below which no more are; null for G
   */
  public record DetectorRow(
      String unit,
      String attempt,
      String network,
      String criterion,
      String imageSet,
      double auroc,
      double acceptedFalsePositiveRate,
      Integer step,
      double validationFalsePositiveRate,
      double falsePositiveRate,
      double truePositiveRate,
      String detector,
      Double threshold) {}

  /**
   * The mean entropy of a network's answers on blends of one image with clean ones.
   *
   * @param role of the image set
   * @param image its place in the set, from 0
   * @param entropy in bits
   */
  public record EntropyRow(
      String unit,
      String attempt,
      String network,
      String imageSet,
      String imageSetSha256,
      String role,
      int image,
      double entropy) {}

  /**
   * One channel of the statistics layer on a few images of the clean validation set or of a
   * poisoned one. Numbers are as they were measured, which on a poisoned set may be infinite or
   * NaN.
   *
   * @param layer the statistics layer
   * @param role of the image set
   * @param mean over images and positions
   * @param deviation the standard deviation, over the images, of the mean over the positions
   * @param images how many: at most 256, spread over the set
   */
  public record ActivationRow(
      String unit,
      String attempt,
      String network,
      String layer,
      String imageSet,
      String imageSetSha256,
      String role,
      int channel,
      double mean,
      double deviation,
      long images) {}
}
