package backsweep.stages;

import backsweep.evaluation.DetectorEvaluation;
import backsweep.evaluation.EntropyEvaluation;
import backsweep.images.ImageSet;
import backsweep.store.Batch.Attempt;
import backsweep.store.TableRow;
import backsweep.store.Tables;
import backsweep.store.Tables.DetectorRow;
import backsweep.store.Tables.EntropyRow;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** The rows of the result tables, made of what {@link Strip} measured. */
final class EntropyRows {

  private EntropyRows() {}

  /** Rows of an entropies unit: an image each. */
  static List<TableRow<?>> entropies(
      Attempt attempt, ImageSet set, SortedMap<Integer, Double> entropies) {
    List<TableRow<?>> rows = new ArrayList<>();
    entropies.forEach(
        (image, entropy) ->
            rows.add(
                new TableRow<>(
                    Tables.ENTROPIES,
                    new EntropyRow(
                        attempt.unit(),
                        attempt.attempt(),
                        attempt.network(),
                        set.name(),
                        set.sha256(),
                        set.role().tableName(),
                        image,
                        entropy))));
    return rows;
  }

  /** The row of a detector unit. */
  static List<TableRow<?>> detector(Attempt attempt, ImageSet poisoned, EntropyEvaluation found) {
    DetectorRow row =
        new DetectorRow(
            attempt.unit(),
            attempt.attempt(),
            attempt.network(),
            null,
            poisoned.name(),
            found.auroc(),
            DetectorEvaluation.ACCEPTED,
            null,
            found.validation().fraction(),
            found.falsePositives().fraction(),
            found.truePositives().fraction(),
            Strip.LABEL,
            found.threshold());
    return List.of(new TableRow<>(Tables.DETECTORS, row));
  }
}
