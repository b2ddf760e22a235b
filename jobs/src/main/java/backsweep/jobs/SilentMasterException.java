package backsweep.jobs;

import java.time.Duration;

/** Spark does not come up: whoever gives out its executors says neither yes nor no. */
final class SilentMasterException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Says of which master, and how long it was waited for. */
  SilentMasterException(String master, Duration waited, Throwable cause) {
    super(
        "Spark did not start within %d s: master %s does not answer"
            .formatted(waited.toSeconds(), master),
        cause);
  }
}
