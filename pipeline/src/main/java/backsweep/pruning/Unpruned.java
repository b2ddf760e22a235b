package backsweep.pruning;

import java.util.List;

/** Prunes nothing: what fine-tuning alone does, to compare with. */
public record Unpruned() implements Criterion {

  @Override
  public String label() {
    return "none";
  }

  @Override
  public PruningOrder order(Evidence evidence) {
    return PruningOrder.given(evidence.point().channels(), List.of());
  }

  @Override
  public boolean isBaseline() {
    return true;
  }
}
