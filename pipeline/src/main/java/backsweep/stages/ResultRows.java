package backsweep.stages;

import backsweep.evaluation.DetectorEvaluation;
import backsweep.evaluation.Evaluation;
import backsweep.evaluation.Share;
import backsweep.evaluation.StepCounts;
import backsweep.images.ImageSet;
import backsweep.images.ImageShape;
import backsweep.network.Shape;
import backsweep.pruning.ChannelStatistics;
import backsweep.pruning.ChannelStatistics.Channel;
import backsweep.pruning.PruningCurve;
import backsweep.pruning.PruningOrder;
import backsweep.stages.VerifyRepairs.Extent;
import backsweep.store.Batch.Attempt;
import backsweep.store.TableRow;
import backsweep.store.Tables;
import backsweep.store.Tables.ChannelStatisticsRow;
import backsweep.store.Tables.DetectorRow;
import backsweep.store.Tables.EvaluationRow;
import backsweep.store.Tables.FineTunedCountsRow;
import backsweep.store.Tables.ImageSetRow;
import backsweep.store.Tables.NetworkRow;
import backsweep.store.Tables.PruningCurveRow;
import backsweep.store.Tables.PruningOrderRow;
import backsweep.store.Tables.RepairedNetworkRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The rows of the result tables, made of what a defence found out. */
final class ResultRows {

  /** Networks in the rows of an evaluation: the original, the repaired one and the detector. */
  static final int EVALUATED = 3;

  /** The same for what was fine-tuned: the repaired network and the detector. */
  static final int TUNED_AND_EVALUATED = 2;

  private final DefencePlan plan;
  private final String criterion;

  ResultRows(DefencePlan plan) {
    this.plan = plan;
    this.criterion = plan.criterion().label();
  }

  /** Rows of the statistics unit: the network and its channels. */
  List<TableRow<?>> statistics(Attempt attempt, ChannelStatistics statistics) {
    List<TableRow<?>> rows = new ArrayList<>();
    rows.add(new TableRow<>(Tables.NETWORKS, network(attempt)));
    for (int channel = 0; channel < statistics.channels().size(); channel++) {
      rows.add(new TableRow<>(Tables.CHANNEL_STATISTICS, channel(attempt, statistics, channel)));
    }
    return rows;
  }

  private NetworkRow network(Attempt attempt) {
    SubjectNetwork subject = plan.subject();
    Shape input = subject.network().graph().inputShape();
    return new NetworkRow(
        attempt.unit(),
        attempt.attempt(),
        attempt.network(),
        subject.file().path(),
        subject.sha256(),
        subject.architectureSha256().orElse(null),
        subject.file().inputScale(),
        input.dimension(0),
        input.dimension(1),
        input.dimension(2),
        subject.network().classes(),
        plan.point().convolution(),
        plan.point().channels(),
        plan.point().statisticsLayer());
  }

  private ChannelStatisticsRow channel(Attempt attempt, ChannelStatistics statistics, int index) {
    Channel channel = statistics.channel(index);
    return new ChannelStatisticsRow(
        attempt.unit(),
        attempt.attempt(),
        attempt.network(),
        plan.point().statisticsLayer(),
        index,
        channel.mean(),
        channel.maximum(),
        channel.activeShare(),
        channel.zeroShare(),
        statistics.images());
  }

  /** Rows of a curve unit: its image set and its steps; of the validation curve the order too. */
  List<TableRow<?>> curve(Attempt attempt, PruningCurve curve) {
    List<TableRow<?>> rows = new ArrayList<>();
    rows.add(new TableRow<>(Tables.IMAGE_SETS, imageSet(attempt, curve.imageSet())));
    for (int step = 0; step < curve.steps().size(); step++) {
      rows.add(new TableRow<>(Tables.PRUNING_CURVE, step(attempt, curve, step)));
    }
    if (curve.imageSet().equals(plan.validation())) {
      rows.addAll(order(attempt, curve.order()));
    }
    return rows;
  }

  private ImageSetRow imageSet(Attempt attempt, ImageSet set) {
    ImageShape shape = set.shape();
    ImageSource source = plan.source(set);
    return new ImageSetRow(
        attempt.unit(),
        attempt.attempt(),
        set.name(),
        set.sha256(),
        set.role().tableName(),
        set.images(),
        source.path(),
        shape.height(),
        shape.width(),
        shape.channels(),
        source.hasSeveralLabels() ? null : (Integer) source.onlyLabel());
  }

  private PruningCurveRow step(Attempt attempt, PruningCurve curve, int step) {
    StepCounts counts = curve.at(step);
    Optional<StepCounts.TrueLabelCounts> known = counts.trueLabels();
    return new PruningCurveRow(
        attempt.unit(),
        attempt.attempt(),
        attempt.network(),
        criterion,
        step,
        curve.order().channelPrunedAt(step),
        curve.imageSet().name(),
        curve.imageSet().sha256(),
        curve.imageSet().role().tableName(),
        counts.images(),
        counts.labelHits(),
        counts.agreements(),
        counts.agreedLabelHits(),
        counts.firstDisagreements(),
        known.map(StepCounts.TrueLabelCounts::trueLabelHits).orElse(null),
        known.map(StepCounts.TrueLabelCounts::imagesNotTarget).orElse(null),
        known.map(StepCounts.TrueLabelCounts::targetHitsNotTarget).orElse(null));
  }

  private List<TableRow<?>> order(Attempt attempt, PruningOrder order) {
    List<TableRow<?>> rows = new ArrayList<>();
    for (int rank = 1; rank <= order.lastStep(); rank++) {
      Double score = order.scoreAt(rank).isPresent() ? order.scoreAt(rank).getAsDouble() : null;
      rows.add(
          new TableRow<>(
              Tables.PRUNING_ORDER,
              new PruningOrderRow(
                  attempt.unit(),
                  attempt.attempt(),
                  attempt.network(),
                  criterion,
                  rank,
                  order.channelAt(rank),
                  score)));
    }
    return rows;
  }

  /** The row of a repair unit. */
  List<TableRow<?>> repair(Attempt attempt, Repair repair, Extent verified) {
    return List.of(repair(attempt, repair, verified, false));
  }

  /** Rows of a fine-tuning unit: the repair, its counts and its measures. */
  List<TableRow<?>> fineTuning(Attempt attempt, Defence defence, FineTuned tuned) {
    List<TableRow<?>> rows = new ArrayList<>();
    rows.add(repair(attempt, tuned.repair(), Extent.FULL, true));
    if (!tuned.counts().isEmpty()) {
      plan.sets().forEach(set -> rows.add(counts(attempt, tuned, set)));
      for (Optional<PruningCurve> poisoned : defence.reported()) {
        RepairEvaluation measured = tuned.evaluation(defence, poisoned);
        Optional<String> set = poisoned.map(curve -> curve.imageSet().name());
        rows.add(evaluation(attempt, tuned, set, new Subject("repaired", measured.repaired())));
        rows.add(evaluation(attempt, tuned, set, new Subject("goodnet", measured.goodNet())));
      }
    }
    return rows;
  }

  private TableRow<?> evaluation(
      Attempt attempt, FineTuned tuned, Optional<String> poisoned, Subject subject) {
    return evaluation(attempt, new Evaluated(tuned.repair(), true), poisoned, subject);
  }

  private TableRow<?> counts(Attempt attempt, FineTuned tuned, ImageSet set) {
    StepCounts counts = tuned.counts().get(set);
    Optional<StepCounts.TrueLabelCounts> known = counts.trueLabels();
    FineTunedCountsRow row =
        new FineTunedCountsRow(
            attempt.unit(),
            attempt.attempt(),
            attempt.network(),
            criterion,
            tuned.repair().rule().name(),
            tuned.repair().rule().dropPercent().doubleValue(),
            set.name(),
            set.sha256(),
            set.role().tableName(),
            counts.images(),
            counts.labelHits(),
            counts.agreements(),
            counts.agreedLabelHits(),
            known.map(StepCounts.TrueLabelCounts::trueLabelHits).orElse(null),
            known.map(StepCounts.TrueLabelCounts::imagesNotTarget).orElse(null),
            known.map(StepCounts.TrueLabelCounts::targetHitsNotTarget).orElse(null));
    return new TableRow<>(Tables.FINE_TUNED_COUNTS, row);
  }

  private TableRow<?> repair(Attempt attempt, Repair repair, Extent verified, boolean isFineTuned) {
    RepairedNetworkRow row =
        new RepairedNetworkRow(
            attempt.unit(),
            attempt.attempt(),
            attempt.network(),
            criterion,
            repair.rule().name(),
            repair.rule().dropPercent().doubleValue(),
            step(repair),
            isFineTuned,
            repair.file().map(Repair.File::path).orElse(null),
            repair.file().map(Repair.File::sha256).orElse(null),
            repair.goodNet().map(Repair.File::path).orElse(null),
            repair.goodNet().map(Repair.File::sha256).orElse(null),
            repair.verification().failure().or(repair::reason).orElse(null),
            repair.file().map(file -> repair.verification().images()).orElse(null),
            repair.file().map(file -> VerifiedSets.text(verified, plan.sets())).orElse(null));
    return new TableRow<>(Tables.REPAIRED_NETWORKS, row);
  }

  private static Integer step(Repair repair) {
    return repair.step().isPresent() ? repair.step().getAsInt() : null;
  }

  /** Rows of an evaluation unit: the original, the repaired network and the detector. */
  List<TableRow<?>> evaluation(
      Attempt attempt, Repair repair, Optional<ImageSet> poisoned, RepairEvaluation measured) {
    Optional<String> set = poisoned.map(ImageSet::name);
    Evaluated evaluated = new Evaluated(repair, false);
    return List.of(
        evaluation(attempt, evaluated, set, new Subject("original", measured.original())),
        evaluation(attempt, evaluated, set, new Subject("repaired", measured.repaired())),
        evaluation(attempt, evaluated, set, new Subject("goodnet", measured.goodNet())));
  }

  /** A repair, before fine-tuning or after it. */
  private record Evaluated(Repair repair, boolean isFineTuned) {}

  private record Subject(String name, Evaluation evaluation) {}

  private TableRow<?> evaluation(
      Attempt attempt, Evaluated evaluated, Optional<String> poisoned, Subject subject) {
    Evaluation measures = subject.evaluation();
    Repair repair = evaluated.repair();
    EvaluationRow row =
        new EvaluationRow(
            attempt.unit(),
            attempt.attempt(),
            attempt.network(),
            criterion,
            repair.rule().name(),
            repair.rule().dropPercent().doubleValue(),
            step(repair),
            evaluated.isFineTuned(),
            subject.name(),
            poisoned.orElse(null),
            value(measures.cleanAccuracy(), Share::fraction),
            value(measures.cleanAccuracy(), Share::lowerBound),
            value(measures.cleanAccuracy(), Share::upperBound),
            value(measures.attackSuccess(), Share::fraction),
            value(measures.attackSuccess(), Share::lowerBound),
            value(measures.attackSuccess(), Share::upperBound),
            value(measures.robustAccuracy(), Share::fraction),
            measures.effectiveness().map(rating -> rating.rating()).orElse(null),
            value(measures.truePositives(), Share::fraction),
            value(measures.falsePositives(), Share::fraction),
            value(measures.attackSuccessNotTarget(), Share::fraction),
            value(measures.attackSuccessNotTarget(), Share::lowerBound),
            value(measures.attackSuccessNotTarget(), Share::upperBound));
    return new TableRow<>(Tables.EVALUATIONS, row);
  }

  private static Double value(Optional<Share> share, Function<Share, Double> measure) {
    return share.map(measure).orElse(null);
  }

  /** The row of a detector unit. */
  List<TableRow<?>> detector(Attempt attempt, ImageSet poisoned, DetectorEvaluation found) {
    DetectorRow row =
        new DetectorRow(
            attempt.unit(),
            attempt.attempt(),
            attempt.network(),
            criterion,
            poisoned.name(),
            found.auroc(),
            DetectorEvaluation.ACCEPTED,
            found.step(),
            found.validation().fraction(),
            found.falsePositives().fraction(),
            found.truePositives().fraction(),
            "first-disagreement",
            null);
    return List.of(new TableRow<>(Tables.DETECTORS, row));
  }
}
