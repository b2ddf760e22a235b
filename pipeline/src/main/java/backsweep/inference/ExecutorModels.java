package backsweep.inference;

import backsweep.tensorflow.SavedModel;

/**
 * The models of this JVM: every predictor of an executor, whichever task it belongs to, leases from
 * here.
 */
public final class ExecutorModels {

  /** Models that stay open, used or not; a network has three. */
  private static final int CAPACITY = 12;

  /**
   * Those that nobody uses are closed when all together are larger: a large network is open once.
   */
  private static final long MOST_BYTES = 1L << 28;

  private static final ModelCache MODELS = new ModelCache(CAPACITY, MOST_BYTES);

  private ExecutorModels() {}

  /**
   * Starts the engine beside what else the JVM does now, so that the first task need not wait for
   * it.
   */
  public static void warmUp(Threads threads) {
    Thread thread = new Thread(threads::fix, "engine-start");
    thread.setDaemon(true);
    thread.start();
  }

  static ModelCache.Lease lease(SavedModel model, Threads threads) {
    threads.fix();
    return MODELS.lease(model);
  }

  /** What has been loaded and closed in this JVM so far. */
  public static ModelCounts counts() {
    return MODELS.counts();
  }
}
