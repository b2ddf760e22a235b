package backsweep.stages;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import backsweep.pruning.StoppingRule;
import backsweep.pruning.ValidationCurve;
import backsweep.stages.DefenceRequest.Repairs;
import backsweep.store.SharedFiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repairs of networks in the making: what an earlier run made is left alone, what is new is chosen
 * by validation curves and written. The driver does it, for several networks side by side; what
 * goes into one folder, one after the other: each writer removes what killed ones left there.
 */
final class RepairRun {

  private static final Logger LOG = LoggerFactory.getLogger(RepairRun.class);

  private final SharedFiles files;
  private final String output;
  private final StageClock clock;

  /** Writes below an output. */
  RepairRun(SharedFiles files, String output, StageClock clock) {
    this.files = files;
    this.output = output;
    this.clock = clock;
  }

  /**
   * The repairs of each defence, in the order of its rules; those that are new are not verified.
   *
   * @param validation the clean validation curve of each
   */
  List<List<Repair>> execute(
      List<Ordered> ordered, List<ValidationCurve> validation, Repairs wanted) {
    List<List<Repair>> repairs = new ArrayList<>();
    ordered.forEach(one -> repairs.add(known(one, wanted)));
    List<List<Integer>> networks =
        List.copyOf(
            IntStream.range(0, ordered.size())
                .filter(i -> repairs.get(i).contains(null))
                .boxed()
                .collect(
                    groupingBy(
                        i -> ordered.get(i).plan().subject().name(), LinkedHashMap::new, toList()))
                .values());
    if (!networks.isEmpty()) {
      clock.time(
          "repairs",
          () ->
              SideBySide.map(
                  networks,
                  places -> {
                    places.forEach(
                        i -> complete(repairs.get(i), ordered.get(i), validation.get(i), wanted));
                    return places;
                  }));
    }
    return repairs;
  }

  /** What earlier runs made, null for the rules whose repair is missing. */
  private static List<Repair> known(Ordered ordered, Repairs wanted) {
    return Arrays.asList(
        ordered.plan().rules(wanted).stream()
            .map(rule -> ordered.recalled().repairs().get(rule))
            .toArray(Repair[]::new));
  }

  private void complete(
      List<Repair> repairs, Ordered ordered, ValidationCurve validation, Repairs wanted) {
    List<StoppingRule> rules = ordered.plan().rules(wanted);
    for (int i = 0; i < rules.size(); i++) {
      if (repairs.get(i) == null) {
        repairs.set(i, repair(ordered, rules.get(i), validation));
      }
    }
  }

  private Repair repair(Ordered ordered, StoppingRule rule, ValidationCurve validation) {
    DefencePlan plan = ordered.plan();
    OptionalInt step = rule.choose(validation);
    LOG.info(Decision.step(rule, step, validation));
    if (step.isEmpty()) {
      return Repair.never(rule, ordered.order());
    }
    return plan.criterion().isBaseline()
        ? Repair.baseline(rule, step.getAsInt())
        : new RepairNetwork(files, plan, output).execute(rule, step.getAsInt(), ordered.order());
  }
}
