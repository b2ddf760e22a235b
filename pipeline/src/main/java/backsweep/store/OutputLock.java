package backsweep.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps two runs from writing to one output at once: a file {@code .lock} that names its owner and
 * is touched while the owner lives.
 *
 * <p>A lock whose process is dead, or that nobody has touched for a while, is taken over. On file
 * systems where creating a file is atomic (file:, hdfs:) one of two runs gets the lock; on object
 * stores this is best effort.
 */
public final class OutputLock implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OutputLock.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TOUCHED_EVERY = Duration.ofSeconds(5);
  private static final Duration ABANDONED_AFTER = Duration.ofSeconds(60);

  private final LockFile file;
  private final String output;
  private final String owner;
  private final Timer touching = new Timer("output-lock", true);

  /** Who holds a lock; the start of the process tells it from a later one with the same pid. */
  private record Owner(String purpose, String host, long pid, String processStarted, String since) {

    private boolean isAlive() {
      return !host.equals(OutputLock.host())
          || ProcessHandle.of(pid).map(OutputLock::started).equals(Optional.of(processStarted));
    }

    @Override
    public String toString() {
      return "%s (process %d on %s, since %s)".formatted(purpose, pid, host, since);
    }
  }

  private OutputLock(LockFile file, String output, String owner) {
    this.file = file;
    this.output = output;
    this.owner = owner;
  }

  /**
   * Takes the lock of an output directory, which must exist.
   *
   * @param purpose what the run that holds it does
   * @throws OutputInUseException if another run holds it
   */
  public static OutputLock acquire(Configuration configuration, String output, String purpose) {
    LockFile file = new LockFile(configuration, output + "/.lock");
    String owner = json(owner(purpose));
    if (!file.create(owner)) {
      removeIfAbandoned(file, output);
      if (!file.create(owner)) {
        throw inUse(file, output);
      }
    }
    OutputLock lock = new OutputLock(file, output, owner);
    lock.touchFromNowOn();
    return lock;
  }

  private static void removeIfAbandoned(LockFile file, String output) {
    String text = file.read().orElse("");
    boolean ownerLives = parse(text).map(Owner::isAlive).orElse(true);
    boolean isTouched =
        file.touched()
            .map(touched -> touched.plus(ABANDONED_AFTER).isAfter(Instant.now()))
            .orElse(false);
    if (ownerLives && isTouched) {
      throw inUse(file, output);
    }
    LOG.warn("Taking over the lock of {}, whose run is gone", output);
    file.remove(text);
  }

  private static OutputInUseException inUse(LockFile file, String output) {
    return new OutputInUseException(
        output, readOwner(file).map(Owner::toString).orElse("another run"));
  }

  private static Optional<Owner> readOwner(LockFile file) {
    return file.read().flatMap(OutputLock::parse);
  }

  /** The owner; empty where the file is not whole yet. */
  private static Optional<Owner> parse(String text) {
    try {
      return Optional.of(JSON.readValue(text, Owner.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static Owner owner(String purpose) {
    ProcessHandle process = ProcessHandle.current();
    return new Owner(purpose, host(), process.pid(), started(process), Instant.now().toString());
  }

  private static String started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("");
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown host";
    }
  }

  private static String json(Owner owner) {
    try {
      return JSON.writeValueAsString(owner);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + owner, e);
    }
  }

  private void touchFromNowOn() {
    TimerTask task =
        new TimerTask() {
          @Override
          public void run() {
            touch();
          }
        };
    touching.schedule(task, TOUCHED_EVERY.toMillis(), TOUCHED_EVERY.toMillis());
  }

  /** Says that this run lives. */
  void touch() {
    try {
      file.touch(owner);
    } catch (StorageException e) {
      LOG.warn("Cannot touch the lock: {}", e.getMessage());
    }
  }

  /**
   * Makes sure that nobody has taken the lock over, as may happen to a process that was stopped for
   * long.
   *
   * @throws OutputInUseException if somebody has
   */
  public void requireHeld() {
    if (!file.read().equals(Optional.of(owner))) {
      throw inUse(file, output);
    }
  }

  /** Gives the lock back, if it still is this run's. */
  @Override
  public void close() {
    touching.cancel();
    file.remove(owner);
  }
}
