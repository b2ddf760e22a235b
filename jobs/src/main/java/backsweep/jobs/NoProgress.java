package backsweep.jobs;

import backsweep.stages.Progress;

/** Progress that nobody wants to see. */
final class NoProgress implements Progress {

  @Override
  public void begin(String stage, long images) {}

  @Override
  public void advance(long images) {}

  @Override
  public void end() {}

  @Override
  public void fail() {}
}
