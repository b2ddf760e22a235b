package backsweep.stages;

import backsweep.evaluation.StepCounts;
import backsweep.evaluation.StepCounts.TrueLabelCounts;
import backsweep.images.ImageSet;
import backsweep.pruning.StoppingRule;
import backsweep.pruning.ValidationCurve;
import backsweep.stages.DefenceRequest.Repairs;
import backsweep.stages.Repair.Verification;
import backsweep.store.SharedFiles;
import backsweep.store.Tables;
import backsweep.store.Tables.EvaluationRow;
import backsweep.store.Tables.FineTunedCountsRow;
import backsweep.store.Tables.RepairedNetworkRow;
import backsweep.store.Unit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds which repairs of a defence earlier runs committed. Only what is whole counts: where files
 * are not what was written, or images are to be looked at that were not, it is repaired again.
 */
final class RecallRepairs {

  private static final Logger LOG = LoggerFactory.getLogger(RecallRepairs.class);

  private final SharedFiles files;
  private final DefencePlan plan;
  private final String output;
  private final Units units;

  RecallRepairs(SharedFiles files, DefencePlan plan, String output) {
    this.files = files;
    this.plan = plan;
    this.output = output;
    this.units = new Units(plan);
  }

  /** The repairs by the rules that chose their steps, as the validation curve has them. */
  Map<StoppingRule, Repair> pruned(
      Committed committed, Repairs wanted, ValidationCurve validation) {
    Map<StoppingRule, Repair> repairs = new HashMap<>();
    for (StoppingRule rule : plan.rules(wanted)) {
      committed
          .rows(Tables.REPAIRED_NETWORKS, RepairedNetworkRow::unit, units.repair(rule))
          .orElse(List.of())
          .stream()
          .filter(row -> isVerified(row, wanted.verify()))
          .map(row -> repair(rule, row).orElseGet(() -> never(rule, validation)))
          .filter(repair -> repair.step().equals(rule.choose(validation)))
          .filter(this::isIntact)
          .forEach(repair -> repairs.put(rule, repair));
    }
    return repairs;
  }

  private static Repair never(StoppingRule rule, ValidationCurve validation) {
    return Repair.never(rule, validation.curve().order());
  }

  /** Empty where no step was chosen. */
  private static Optional<Repair> repair(StoppingRule rule, RepairedNetworkRow row) {
    if (row.step() == null) {
      return Optional.empty();
    }
    long verified = row.verifiedImages() == null ? 0 : row.verifiedImages();
    return Optional.of(
        new Repair(
            rule,
            OptionalInt.of(row.step()),
            file(row.goodnet(), row.goodnetSha256()),
            file(row.file(), row.sha256()),
            Optional.ofNullable(row.reason()),
            new Verification(verified, Optional.empty())));
  }

  /** Repairs after fine-tuning. */
  Map<StoppingRule, FineTuned> fineTuned(Committed committed, Map<StoppingRule, Repair> repairs) {
    if (plan.fineTuning().isEmpty()) {
      return Map.of();
    }
    Map<StoppingRule, FineTuned> fineTuned = new HashMap<>();
    for (StoppingRule rule : repairs.keySet()) {
      Unit unit = units.fineTuning(rule);
      Optional<Repair> repair =
          committed
              .rows(Tables.REPAIRED_NETWORKS, RepairedNetworkRow::unit, unit)
              .filter(rows -> rows.size() == 1)
              .flatMap(rows -> repair(rule, rows.get(0)))
              .filter(this::isIntact);
      Map<ImageSet, StepCounts> counts = counts(committed, unit);
      if (repair.isPresent()
          && counts.keySet().containsAll(plan.sets())
          && isEvaluated(committed, unit)) {
        fineTuned.put(rule, new FineTuned(repair.get(), counts));
      }
    }
    return fineTuned;
  }

  private boolean isEvaluated(Committed committed, Unit fineTuning) {
    int expected = plan.reported().size() * ResultRows.TUNED_AND_EVALUATED;
    return committed
        .rows(Tables.EVALUATIONS, EvaluationRow::unit, fineTuning)
        .filter(rows -> rows.size() == expected)
        .isPresent();
  }

  private Map<ImageSet, StepCounts> counts(Committed committed, Unit unit) {
    Map<ImageSet, StepCounts> counts = new HashMap<>();
    for (FineTunedCountsRow row :
        committed
            .rows(Tables.FINE_TUNED_COUNTS, FineTunedCountsRow::unit, unit)
            .orElse(List.of())) {
      plan.sets().stream()
          .filter(set -> set.name().equals(row.imageSet()))
          .forEach(set -> counts.put(set, counts(row)));
    }
    return counts;
  }

  private static StepCounts counts(FineTunedCountsRow row) {
    return new StepCounts(
        row.images(),
        row.labelHits(),
        row.agreements(),
        row.agreedLabelHits(),
        row.images() - row.agreements(),
        TrueLabelCounts.ifKnown(
            row.trueLabelHits(), row.imagesNotTarget(), row.targetHitsNotTarget()));
  }

  private static Optional<Repair.File> file(String path, String sha256) {
    return Optional.ofNullable(path)
        .map(known -> new Repair.File(known, Optional.ofNullable(sha256).orElse("unknown")));
  }

  /** A file is compared again where images are asked on which it was not. */
  private boolean isVerified(RepairedNetworkRow row, VerifyRepairs.Extent extent) {
    return row.file() == null
        || (row.verifiedSets() != null
            && VerifiedSets.covers(row.verifiedSets(), extent, plan.sets()));
  }

  private boolean isIntact(Repair repair) {
    return Stream.of(repair.goodNet(), repair.file())
        .flatMap(Optional::stream)
        .allMatch(this::isIntact);
  }

  private boolean isIntact(Repair.File file) {
    Optional<String> found = files.sha256(output + "/" + file.path());
    boolean isIntact = found.equals(Optional.of(file.sha256()));
    if (!isIntact) {
      LOG.warn(
          "{} is {}: repairing again",
          file.path(),
          found.isPresent() ? "not what was written" : "gone");
    }
    return isIntact;
  }
}
