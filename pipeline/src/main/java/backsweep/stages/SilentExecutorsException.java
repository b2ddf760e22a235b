package backsweep.stages;

import java.time.Duration;

/** Spark is there, but nobody does the work: no executor came, or none that could begin. */
public class SilentExecutorsException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Says of which master, and how long it was waited for. */
  public SilentExecutorsException(String master, Duration waited, Throwable cause) {
    super(
        "expected answers of executors of %s within %d s, found none or not all"
            .formatted(master, waited.toSeconds()),
        cause);
  }
}
