package backsweep.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process that a test started, with what it prints in a file. Closing it ends it and all that it
 * started.
 *
 * @param process the process
 * @param log what it and its children print
 */
record ChildProcess(Process process, Path log) implements AutoCloseable {

  private static final int LIMIT_IN_SECONDS = 600;

  /** Starts a process. */
  static ChildProcess start(ProcessBuilder builder, Path log) {
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    try {
      return new ChildProcess(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its exit code, when it has ended. */
  int exitCode() {
    try {
      if (process.waitFor(LIMIT_IN_SECONDS, TimeUnit.SECONDS)) {
        return process.exitValue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new AssertionError("still running after %d s:%n%s".formatted(LIMIT_IN_SECONDS, output()));
  }

  /** Whether it ends in this time; returns as soon as it does. */
  boolean endsWithin(Duration time) {
    try {
      return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** What it has printed so far. */
  String output() {
    return TextFile.read(log);
  }

  /** Its Spark executors. */
  Stream<ExecutorProcess> executors() {
    return process.descendants().flatMap(handle -> ExecutorProcess.of(handle).stream());
  }

  /** Kills it, unless it has ended; what it started finds out by itself. Returns its exit code. */
  int kill() {
    process.destroyForcibly();
    return exitCode();
  }

  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    children.forEach(child -> child.onExit().join());
    exitCode();
  }
}
