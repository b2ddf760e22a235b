package backsweep.report;

import backsweep.images.ImageSet;
import backsweep.images.ImageShape;
import backsweep.store.Tables.NetworkRow;
import backsweep.store.Tables.PruningCurveRow;
import backsweep.store.Tables.RepairedNetworkRow;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which images a page shows of a network, and which detector is asked about them: that of the best
 * repair.
 *
 * @param repair as the page calls it
 * @param goodNet the detector's folder under the output
 * @param goodNetSha256 over the names and bytes of the folder's files
 * @param sets the clean one that results are reported on, and poisoned ones
 * @param leftOut how many poisoned sets there are more
 */
public record GalleryPlan(
    String repair, String goodNet, String goodNetSha256, List<ImageSet> sets, int leftOut) {

  /** More sets than that are not looked at by anybody. */
  static final int MOST_POISONED_SETS = 4;

  /** Copies the list. */
  public GalleryPlan {
    sets = List.copyOf(sets);
  }

  /**
   * The plan for a network; empty where nothing was repaired, so that there is no detector.
   *
   * @throws IllegalArgumentException if the tables say of an image set what cannot be
   */
  public static Optional<GalleryPlan> of(NetworkFindings network) {
    return Verdict.of(network, List.of())
        .best()
        .filter(best -> best.repair().repair().goodnet() != null)
        .flatMap(best -> of(network, best));
  }

  private static Optional<GalleryPlan> of(NetworkFindings network, Verdict.Candidate best) {
    RepairedNetworkRow repair = best.repair().repair();
    return network.chosen().stream()
        .filter(criterion -> criterion.name().equals(best.criterion()))
        .findFirst()
        .map(
            criterion ->
                new GalleryPlan(
                    best.name(),
                    repair.goodnet(),
                    repair.goodnetSha256(),
                    sets(network.network(), criterion),
                    Math.max(0, criterion.poisoned().size() - MOST_POISONED_SETS)));
  }

  private static List<ImageSet> sets(NetworkRow network, CriterionFindings criterion) {
    ImageShape shape = new ImageShape(network.height(), network.width(), network.imageChannels());
    return Stream.concat(
            criterion.clean().stream(), criterion.poisoned().stream().limit(MOST_POISONED_SETS))
        .map(curve -> set(curve, shape))
        .toList();
  }

  private static ImageSet set(SetCurve curve, ImageShape shape) {
    PruningCurveRow row = curve.steps().get(0);
    return new ImageSet(
        curve.name(), curve.role(), row.imageSetSha256(), Math.toIntExact(row.images()), shape);
  }
}
