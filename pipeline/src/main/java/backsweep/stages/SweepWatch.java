package backsweep.stages;

/** Is told what becomes of every network of a sweep, as soon as it is known. */
public interface SweepWatch {

  /** A network was defended, by one criterion at least. What it is told the sweep does not keep. */
  void defended(DefenceRequest network, Defences defences);

  /** A network could not be defended. */
  void failed(DefenceRequest network, Failure failure);
}
