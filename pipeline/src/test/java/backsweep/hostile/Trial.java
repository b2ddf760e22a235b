package backsweep.hostile;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Reads files of strangers, one after the other, in a thread of its own, and measures what each
 * takes: the time of the processor, so that other work on the machine does not count, and all
 * memory that was asked for, so more than was held at once.
 */
final class Trial implements AutoCloseable {

  /** What a file may take. */
  static final double MOST_SECONDS = 2;

  /** What a file may ask for in all, most of it given back, where no compiler spares any of it. */
  static final long MOST_BYTES = 640L << 20;

  private static final int HANGING_SECONDS = 60;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "trial");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * How the reading of a file ended.
   *
   * @param model what was read, if it was a network
   * @param refusal what was said, null if it was read
   * @param seconds of the processor
   * @param bytes that were asked for
   */
  record Outcome(Optional<ReadModel> model, RuntimeException refusal, double seconds, long bytes) {

    boolean isRead() {
      return refusal == null;
    }

    /** The kind of the refusal, or "read". */
    String ending() {
      return isRead() ? "read" : refusal.getClass().getSimpleName();
    }
  }

  /**
   * Reads a file.
   *
   * @throws AssertionError if it ends in another way than those of the project, or takes too much
   */
  Outcome read(Subject subject, Path file, Path sound) {
    return limited(() -> measured(() -> subject.reads(file, sound)));
  }

  /**
   * Takes the next step with a network that was read.
   *
   * @throws AssertionError if it ends in another way than those of the project, or takes too much
   */
  Outcome goOn(ReadModel model, Consumer<ReadModel> step) {
    return limited(
        () ->
            measured(
                () -> {
                  step.accept(model);
                  return Optional.of(model);
                }));
  }

  private Outcome limited(Callable<Outcome> work) {
    Outcome outcome = outcome(work);
    if (outcome.seconds() > MOST_SECONDS || outcome.bytes() > MOST_BYTES) {
      throw new AssertionError(
          "%.1f s and %d MiB".formatted(outcome.seconds(), outcome.bytes() >> 20),
          outcome.refusal());
    }
    return outcome;
  }

  private Outcome outcome(Callable<Outcome> reading) {
    try {
      return reader.submit(reading).get(HANGING_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("hangs", e);
    } catch (ExecutionException e) {
      throw new AssertionError("ends with " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static Outcome measured(Supplier<Optional<ReadModel>> work) {
    long thread = Thread.currentThread().getId();
    long bytes = THREADS.getThreadAllocatedBytes(thread);
    long nanos = THREADS.getCurrentThreadCpuTime();
    Optional<ReadModel> model = Optional.empty();
    RuntimeException refusal = null;
    try {
      model = work.get();
    } catch (RuntimeException e) {
      if (!Subject.isRefusal(e)) {
        throw e;
      }
      refusal = e;
    }
    return new Outcome(
        model,
        refusal,
        (THREADS.getCurrentThreadCpuTime() - nanos) / 1e9,
        THREADS.getThreadAllocatedBytes(thread) - bytes);
  }

  /** Reads a mutant, which is written to a file. */
  Outcome read(Seed seed, byte[] mutant, Path file) {
    try {
      Files.write(file, mutant);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return read(seed.subject(), file, seed.sound().equals(seed.file()) ? file : seed.sound());
  }

  @Override
  public void close() {
    reader.shutdownNow();
  }
}
