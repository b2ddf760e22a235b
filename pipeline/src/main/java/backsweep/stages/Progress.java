package backsweep.stages;

/**
 * Is told how far the long stages of a run are, so that it can show it. One stage at a time; calls
 * come from a thread of Spark's.
 */
public interface Progress {

  /**
   * A stage begins.
   *
   * @param stage its name
   * @param images that it will go through
   */
  void begin(String stage, long images);

  /**
   * So many images of the stage are done: never fewer than before, never more than there are.
   *
   * @param images done since the stage began
   */
  void advance(long images);

  /** The stage is done, with all its images. */
  void end();

  /** The stage failed. */
  void fail();
}
