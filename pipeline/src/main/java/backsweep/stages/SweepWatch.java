package backsweep.stages;

import java.util.List;

/** Is told what becomes of every network of a sweep, as soon as it is known. */
public interface SweepWatch {

  /** A network was defended, by every criterion. What it is told is not kept by the sweep. */
  void defended(DefenceRequest network, List<Defence> defences);

  /** A network could not be defended. */
  void failed(DefenceRequest network, Failure failure);

  /**
   * Why a network was not defended.
   *
   * @param stage at which it was given up: "inputs", or one of a run
   * @param reason what was expected, what was found and where
   */
  record Failure(String stage, String reason) {}
}
