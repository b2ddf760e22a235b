package backsweep.jobs;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The start of a Spark session, which takes minutes where a master does not answer: it can be
 * waited for no longer than somebody has patience.
 *
 * @param master that is asked for executors
 * @param limit how long it may take
 */
record SparkStart(String master, Duration limit) {

  /**
   * Starts a session in a thread of its own, which does not keep the JVM.
   *
   * @throws SilentMasterException if there is none in time; the thread goes on trying
   * @throws Exception that the start ended with
   */
  <T> T of(Callable<T> start) throws Exception {
    FutureTask<T> starting = new FutureTask<>(start);
    Thread starter = new Thread(starting, "start of Spark");
    starter.setDaemon(true);
    starter.start();
    try {
      return starting.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new SilentMasterException(master, limit, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (Exception) e.getCause();
    }
  }
}
