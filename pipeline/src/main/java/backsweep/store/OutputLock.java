package backsweep.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private static final String UNKNOWN = "another run";
  private static final Path PID_NAMESPACE = Path.of("/proc/self/ns/pid");
  private static final Duration TOUCHED_EVERY = Duration.ofSeconds(5);
  private static final Duration LOOKED_AT_EVERY = Duration.ofMillis(200);

  private final LockFile file;
  private final String output;
  private final String owner;
  private final Timer touching = new Timer("output-lock", true);

  /**
   * How long the lock of an owner is respected whose process cannot be looked up, being elsewhere.
   *
   * @param untouched since it was last touched, by the clocks of both machines
   * @param watched by this process, without seeing a touch: clocks may differ
   */
  record Patience(Duration untouched, Duration watched) {

    /** Twelve touches by the clock, and three that were not seen. */
    static final Patience USUAL = new Patience(Duration.ofSeconds(60), Duration.ofSeconds(15));
  }

  /**
   * Who holds a lock.
   *
   * @param pidNamespace tells containers of one host apart, where there are any
   * @param processStarted tells the process from a later one with the same pid
   */
  private record Owner(
      String purpose,
      String host,
      String pidNamespace,
      long pid,
      String processStarted,
      String since) {

    /** Whether its process can be looked up by its number. */
    private boolean isHere() {
      return host.equals(OutputLock.host()) && OutputLock.pidNamespace().equals(pidNamespace);
    }

    private boolean isAlive() {
      return ProcessHandle.of(pid).map(OutputLock::started).equals(Optional.of(processStarted));
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
   * Takes the lock of an output directory, which must exist. Where its owner may be dead on another
   * machine, this waits to see.
   *
   * @param purpose what the run that holds it does
   * @throws OutputInUseException if another run holds it
   */
  public static OutputLock acquire(Configuration configuration, String output, String purpose) {
    return acquire(configuration, output, purpose, Patience.USUAL);
  }

  /** Takes the lock, with other patience. */
  static OutputLock acquire(
      Configuration configuration, String output, String purpose, Patience patience) {
    LockFile file = new LockFile(configuration, output + "/.lock");
    String owner = json(owner(purpose));
    if (!file.create(owner)) {
      removeIfAbandoned(file, output, patience);
      if (!file.create(owner)) {
        throw inUse(file, output);
      }
    }
    OutputLock lock = new OutputLock(file, output, owner);
    lock.touchFromNowOn();
    return lock;
  }

  private static void removeIfAbandoned(LockFile file, String output, Patience patience) {
    String text = file.read().orElse("");
    Optional<Owner> owner = parse(text);
    if (owner.filter(Owner::isHere).isPresent()) {
      if (owner.get().isAlive()) {
        throw inUse(file, output);
      }
    } else {
      awaitAbandoned(file, output, text, patience);
    }
    LOG.warn("Taking over the lock of {}, whose run is gone", output);
    file.remove(text);
  }

  /** Watches a lock until it is clear that nobody touches it any more, or that somebody does. */
  private static void awaitAbandoned(LockFile file, String output, String text, Patience patience) {
    LOG.info("{} is locked by {}: waiting to see whether it lives", output, name(text));
    Optional<Instant> touched = file.touched();
    Instant began = Instant.now();
    while (touched.isPresent()) {
      Instant now = Instant.now();
      if (touched.get().plus(patience.untouched()).isBefore(now)
          && began.plus(patience.watched()).isBefore(now)) {
        return;
      }
      pause();
      Optional<Instant> seen = file.touched();
      if (seen.isPresent() && !(seen.equals(touched) && file.read().equals(Optional.of(text)))) {
        throw inUse(file, output);
      }
      touched = seen;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(LOOKED_AT_EVERY.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a lock", e);
    }
  }

  private static OutputInUseException inUse(LockFile file, String output) {
    return new OutputInUseException(output, file.read().map(OutputLock::name).orElse(UNKNOWN));
  }

  private static String name(String text) {
    return parse(text).map(Owner::toString).orElse(UNKNOWN);
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
    return new Owner(
        purpose, host(), pidNamespace(), process.pid(), started(process), Instant.now().toString());
  }

  private static String started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("");
  }

  /** The name of what process numbers are unique in; empty where there is one only. */
  static String pidNamespace() {
    try {
      return Files.readSymbolicLink(PID_NAMESPACE).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
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
