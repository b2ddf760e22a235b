package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The JVM of an executor.
 *
 * @param handle its process
 * @param id Spark's name for it
 */
record ExecutorProcess(ProcessHandle handle, String id) {

  private static final Duration STOPPED = Duration.ofMillis(450);
  private static final Duration RUNNING = Duration.ofMillis(50);

  /** An executor, if a process is one. */
  static Optional<ExecutorProcess> of(ProcessHandle handle) {
    List<String> command = command(handle);
    if (!command.contains("org.apache.spark.executor.CoarseGrainedExecutorBackend")) {
      return Optional.empty();
    }
    String id = command.get(command.indexOf("--executor-id") + 1);
    return Optional.of(new ExecutorProcess(handle, id));
  }

  /** Whether it was started with an option. */
  boolean hasOption(String option) {
    return command(handle).contains(option);
  }

  /** Read here: {@link ProcessHandle} gives up on long commands. */
  private static List<String> command(ProcessHandle handle) {
    try {
      String command = Files.readString(Path.of("/proc/" + handle.pid() + "/cmdline"));
      return List.of(command.split("\0", -1));
    } catch (IOException e) {
      return List.of(); // It has ended.
    }
  }

  /** Kills it at once. */
  void kill() {
    assertThat(handle.destroyForcibly()).isTrue();
  }

  /** Makes it as slow as on a machine that has nearly no time for it, as long as a test waits. */
  void slowWhile(Runnable test) {
    AtomicBoolean over = new AtomicBoolean();
    Thread slowness = new Thread(() -> slowUntil(over), "slowness");
    slowness.start();
    try {
      test.run();
    } finally {
      over.set(true);
      Await.until("the end of slowness", () -> !slowness.isAlive());
    }
  }

  private void slowUntil(AtomicBoolean over) {
    while (!over.get()) {
      signal("STOP");
      Await.pause(STOPPED);
      signal("CONT");
      Await.pause(RUNNING);
    }
  }

  private void signal(String name) {
    try {
      int code = new ProcessBuilder("kill", "-" + name, "" + handle.pid()).start().waitFor();
      assertThat(code).isZero();
    } catch (IOException e) {
      throw new AssertionError("cannot send " + name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
