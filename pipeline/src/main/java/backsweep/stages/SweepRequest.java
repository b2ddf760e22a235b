package backsweep.stages;

import backsweep.pruning.Criterion;
import java.util.List;

/**
 * Networks to defend, and how.
 *
 * @param networks each with its images, in the order in which they are defended; repairs, work and
 *     detector are the same for all
 * @param criteria by which each is pruned
 * @param networksPerBatch how many go through the stages side by side
 */
public record SweepRequest(
    List<DefenceRequest> networks, List<Criterion> criteria, int networksPerBatch) {

  /** Copies the lists. */
  public SweepRequest {
    networks = List.copyOf(networks);
    criteria = List.copyOf(criteria);
    if (networks.isEmpty() || networksPerBatch < 1) {
      throw new IllegalArgumentException(
          "expected networks, at least one a batch, found %d and %d a batch"
              .formatted(networks.size(), networksPerBatch));
    }
  }
}
