package backsweep.jobs;

import backsweep.stages.DefenceRequest;
import backsweep.stages.Defences;
import backsweep.stages.Failure;
import backsweep.stages.SweepWatch;
import java.util.ArrayList;
import java.util.List;

/** Keeps what became of the networks of a sweep, and says it as soon as it is known. */
final class SweepTally implements SweepWatch {

  private final SweepReport report;
  private final NetworkProgress progress;
  private final List<SweptNetwork> finished = new ArrayList<>();
  private int failed;

  SweepTally(SweepReport report, NetworkProgress progress) {
    this.report = report;
    this.progress = progress;
  }

  @Override
  public void defended(DefenceRequest network, Defences defences) {
    add(SweptNetwork.defended(network, defences));
  }

  @Override
  public void failed(DefenceRequest network, Failure failure) {
    add(SweptNetwork.failed(network, failure));
  }

  /** Progress first: on a terminal its line takes the place of a bar that would be in the way. */
  private synchronized void add(SweptNetwork network) {
    finished.add(network);
    failed += network.isDone() ? 0 : 1;
    progress.finished(finished.size() - failed, failed);
    report.print(finished.size(), network);
  }

  /** Those that are finished, in that order. */
  synchronized List<SweptNetwork> finished() {
    return List.copyOf(finished);
  }
}
