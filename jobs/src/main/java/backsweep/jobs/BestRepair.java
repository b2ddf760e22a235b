package backsweep.jobs;

import static java.util.Comparator.comparing;

import backsweep.evaluation.RepairWorth;
import backsweep.evaluation.Share;
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
 * What the best of several criteria gives at a tolerated loss, by {@link RepairWorth}, as in the
 * report.
 *
 * @param drop the tolerated loss X, in points
 * @param repair empty where no criterion repairs the network at that loss
 */
record BestRepair(String drop, Optional<Candidate> repair) {

  /**
   * A repaired network.
   *
   * @param criterion its label
   * @param dropPercent the tolerated loss X, in points
   * @param isTuned whether it was fine-tuned
   * @param measures what it does
   */
  record Candidate(String criterion, double dropPercent, boolean isTuned, WorstMeasures measures) {

    private RepairWorth worth() {
      return new RepairWorth(
          measures.rating(),
          measures.attackSuccess().map(Share::fraction),
          measures.cleanAccuracy().map(Share::fraction),
          isTuned,
          dropPercent,
          criterion);
    }
  }

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
                    defences.stream()
                        .flatMap(defence -> candidates(defence, place))
                        .max(comparing(Candidate::worth, RepairWorth.ORDER))))
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
        repair.rule().dropPercent().doubleValue(),
        false,
        WorstMeasures.of(
            defence.reported().stream()
                .map(set -> RepairEvaluation.of(defence, repair, set).repaired())
                .toList()));
  }

  private static Candidate tuned(Defence defence, FineTuned tuned) {
    return new Candidate(
        defence.plan().criterion().label(),
        tuned.repair().rule().dropPercent().doubleValue(),
        true,
        WorstMeasures.of(
            defence.reported().stream()
                .map(set -> tuned.evaluation(defence, set).repaired())
                .toList()));
  }
}
