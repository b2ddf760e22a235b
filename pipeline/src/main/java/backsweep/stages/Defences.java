package backsweep.stages;

import java.util.List;
import java.util.Map;

/**
 * What became of networks: a defence by every criterion that put their channels in order, and why
 * the other criteria did not.
 *
 * @param done in the order of their plans
 * @param failed criteria, each of one network
 * @param hints what looks like a slip, by {@link DefencePlan#network}
 */
public record Defences(
    List<Defence> done, List<FailedCriterion> failed, Map<String, List<Slip>> hints) {

  /** Where nobody has looked for slips. */
  public Defences(List<Defence> done, List<FailedCriterion> failed) {
    this(done, failed, Map.of());
  }

  /** Copies the lists. */
  public Defences {
    hints = Map.copyOf(hints);
    done = List.copyOf(done);
    failed = List.copyOf(failed);
  }

  /** Where nothing is computed: what is known before. */
  public static Defences none(List<DefencePlan> plans) {
    return new Defences(
        List.of(),
        plans.stream()
            .flatMap(
                plan ->
                    plan
                        .obstacle()
                        .map(why -> new FailedCriterion(plan, new Failure(PlanDefences.STAGE, why)))
                        .stream())
            .toList());
  }

  /** Whether every criterion was computed, and every repair is what it should be. */
  public boolean isComplete() {
    return failed.isEmpty() && done.stream().allMatch(Defence::isComplete);
  }

  /** Those of one of the networks, by {@link DefencePlan#network}. */
  Defences of(String network) {
    return new Defences(
        done.stream().filter(one -> one.plan().network().equals(network)).toList(),
        failed.stream().filter(one -> one.plan().network().equals(network)).toList(),
        hints.containsKey(network) ? Map.of(network, hints.get(network)) : Map.of());
  }

  /** What looks like a slip, of all networks. */
  public List<Slip> allHints() {
    return hints.values().stream().flatMap(List::stream).toList();
  }

  /** With others in the place of those that are done. */
  Defences with(List<Defence> others) {
    return new Defences(others, failed, hints);
  }

  /** With what looks like a slip. */
  Defences withHints(Map<String, List<Slip>> found) {
    return new Defences(done, failed, found);
  }
}
