package backsweep.stages;

import backsweep.evaluation.DetectorEvaluation;
import backsweep.evaluation.EntropyEvaluation;
import backsweep.evaluation.FirstDisagreements;
import backsweep.evaluation.SetCounts;
import backsweep.images.ImageSet;
import backsweep.images.Role;
import backsweep.pruning.ChannelStatistics;
import backsweep.pruning.PruningCurve;
import backsweep.pruning.PruningOrder;
import backsweep.pruning.ValidationCurve;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything a defence found out.
 *
 * @param plan what was done
 * @param statistics what the channels do on clean validation images
 * @param order the order in which they were pruned
 * @param curves the counts of every image set, clean validation first
 * @param repairs one for every rule
 * @param fineTuned those of them that were fine-tuned, in the same order
 * @param output where everything was written
 * @param strip what the detector STRIP does, by poisoned sets; none where it was not asked
 */
public record Defence(
    DefencePlan plan,
    ChannelStatistics statistics,
    PruningOrder order,
    List<PruningCurve> curves,
    List<Repair> repairs,
    List<FineTuned> fineTuned,
    String output,
    Map<ImageSet, EntropyEvaluation> strip) {

  /** Without another detector. */
  public Defence(
      DefencePlan plan,
      ChannelStatistics statistics,
      PruningOrder order,
      List<PruningCurve> curves,
      List<Repair> repairs,
      List<FineTuned> fineTuned,
      String output) {
    this(plan, statistics, order, curves, repairs, fineTuned, output, Map.of());
  }

  /** Copies the lists. */
  public Defence {
    strip = Map.copyOf(strip);
    fineTuned = List.copyOf(fineTuned);
    curves = List.copyOf(curves);
    repairs = List.copyOf(repairs);
  }

  /** The curve that steps are chosen by. */
  public ValidationCurve validation() {
    return new ValidationCurve(curves.get(0));
  }

  /** The curve of the clean test set, if there is one. */
  public Optional<PruningCurve> cleanTest() {
    return curves.stream().filter(c -> c.imageSet().role() == Role.CLEAN_TEST).findFirst();
  }

  /** The curves of the poisoned sets. */
  public List<PruningCurve> poisoned() {
    return curves.stream().filter(c -> c.imageSet().role() == Role.POISONED).toList();
  }

  /** The poisoned sets to report on: each of them, or one empty place where there is none. */
  public List<Optional<PruningCurve>> reported() {
    return poisoned().isEmpty()
        ? List.of(Optional.empty())
        : poisoned().stream().map(Optional::of).toList();
  }

  /** The counts after a step on the clean test set and one poisoned set. */
  public SetCounts counts(int step, Optional<PruningCurve> poisoned) {
    return new SetCounts(
        cleanTest().map(curve -> curve.at(step)), poisoned.map(curve -> curve.at(step)));
  }

  /** What the detector does on a poisoned set; empty where there is no clean test set. */
  public Optional<DetectorEvaluation> detector(PruningCurve poisoned) {
    FirstDisagreements validation = FirstDisagreements.of(validation().curve().steps());
    return cleanTest()
        .map(
            clean ->
                DetectorEvaluation.of(
                    validation,
                    FirstDisagreements.of(clean.steps()),
                    FirstDisagreements.of(poisoned.steps())));
  }

  /** What the detector STRIP does on a poisoned set, if it was asked. */
  public Optional<EntropyEvaluation> strip(PruningCurve poisoned) {
    return Optional.ofNullable(strip.get(poisoned.imageSet()));
  }

  /** The repairs, then those that were fine-tuned. */
  public Stream<Repair> allRepairs() {
    return Stream.concat(repairs.stream(), fineTuned.stream().map(FineTuned::repair));
  }

  /** Whether every repair is what it should be. */
  public boolean isComplete() {
    return allRepairs().allMatch(repair -> repair.verification().failure().isEmpty());
  }

  /** Its repairs, each with this defence. */
  Stream<PrunedNetwork> pruned() {
    return repairs.stream().map(repair -> new PrunedNetwork(this, repair));
  }

  /** Whether a repair is one to fine-tune: pruned as it should be. */
  boolean isToBeTuned(Repair repair) {
    return plan.isFineTuned()
        && repair.step().isPresent()
        && repair.verification().failure().isEmpty();
  }

  /** This defence with its repairs verified. */
  Defence withVerified(List<Repair> verified) {
    return new Defence(plan, statistics, order, curves, verified, fineTuned, output, strip);
  }

  /** This defence with repairs that were fine-tuned. */
  Defence with(List<FineTuned> tuned) {
    return new Defence(plan, statistics, order, curves, repairs, tuned, output, strip);
  }

  /** This defence beside what the detector STRIP does. */
  Defence with(Map<ImageSet, EntropyEvaluation> found) {
    return new Defence(plan, statistics, order, curves, repairs, fineTuned, output, found);
  }

  /** A repair after fine-tuning, if it was fine-tuned. */
  public Optional<FineTuned> fineTuned(Repair repair) {
    return fineTuned.stream()
        .filter(tuned -> tuned.repair().rule().equals(repair.rule()))
        .findFirst();
  }
}
