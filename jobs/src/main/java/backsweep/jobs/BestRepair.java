package backsweep.jobs;

import backsweep.pruning.RandomOrder;
import backsweep.pruning.Unpruned;
import backsweep.stages.Defence;
import backsweep.stages.FineTuned;
import backsweep.stages.Repair;
import backsweep.stages.RepairEvaluation;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the best of several criteria gives at a tolerated loss: the one whose repair has the
 * greatest defence effectiveness on the poisoned set where it has the least; where that is not
 * known, the least attack success, then the greatest clean accuracy. Of equals the first that was
 * asked for.
 *
 * @param drop the tolerated loss X, in points
 * @param repair empty where no criterion repairs the network at that loss
 */
record BestRepair(String drop, Optional<Candidate> repair) {

  private static final Comparator<Candidate> BY_WORTH =
      Comparator.<Candidate>comparingDouble(one -> one.measures().rating().orElse(0.0))
          .thenComparingDouble(
              one -> -one.measures().attackSuccess().map(share -> share.fraction()).orElse(0.0))
          .thenComparingDouble(
              one -> one.measures().cleanAccuracy().map(share -> share.fraction()).orElse(0.0));

  /**
   * A repaired network.
   *
   * @param criterion its label
   * @param isTuned whether it was fine-tuned
   * @param measures what it does
   */
  record Candidate(String criterion, boolean isTuned, Measures measures) {}

  /** The best for every X; random orders are no repairs. */
  static List<BestRepair> of(List<Defence> defences) {
    List<Repair> wanted =
        defences.stream()
            .map(Defence::repairs)
            .max(Comparator.comparingInt(List::size))
            .orElse(List.of());
    return IntStream.range(0, wanted.size())
        .mapToObj(
            place ->
                new BestRepair(
                    wanted.get(place).rule().shortestDrop(),
                    defences.stream().flatMap(defence -> candidates(defence, place)).max(BY_WORTH)))
        .toList();
  }

  private static Stream<Candidate> candidates(Defence defence, int place) {
    if (defence.plan().criterion() instanceof RandomOrder) {
      return Stream.empty();
    }
    // Where nothing is pruned there is one repair for all.
    Repair repair = defence.repairs().get(Math.min(place, defence.repairs().size() - 1));
    boolean isRepaired =
        repair.step().isPresent() && !(defence.plan().criterion() instanceof Unpruned);
    return Stream.concat(
        isRepaired ? Stream.of(pruned(defence, repair)) : Stream.empty(),
        defence
            .fineTuned(repair)
            .filter(tuned -> !tuned.counts().isEmpty())
            .map(tuned -> tuned(defence, tuned))
            .stream());
  }

  private static Candidate pruned(Defence defence, Repair repair) {
    return new Candidate(
        defence.plan().criterion().label(),
        false,
        Measures.of(
            defence.reported().stream()
                .map(set -> RepairEvaluation.of(defence, repair, set).repaired())
                .toList()));
  }

  private static Candidate tuned(Defence defence, FineTuned tuned) {
    return new Candidate(
        defence.plan().criterion().label(),
        true,
        Measures.of(
            defence.reported().stream()
                .map(set -> tuned.evaluation(defence, set).repaired())
                .toList()));
  }
}
