package backsweep.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a process has at a time.
 *
 * @param time since the first sample
 * @param residentBytes of memory
 * @param files that are open
 * @param threads that live
 */
record ProcessSample(Duration time, long residentBytes, long files, long threads) {

  private static final long PAGE = 4096;
  private static final String THREADS = "Threads:";

  /** What a process has now; empty where it has ended. */
  static Optional<ProcessSample> of(ProcessHandle process, Duration time) {
    Path folder = Path.of("/proc/" + process.pid());
    try (Stream<Path> files = Files.list(folder.resolve("fd"))) {
      String[] pages = Files.readString(folder.resolve("statm")).split(" ", -1);
      return Optional.of(
          new ProcessSample(
              time,
              Long.parseLong(pages[1]) * PAGE,
              files.count(),
              threads(Files.readString(folder.resolve("status")))));
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // It has ended, or is about to.
    }
  }

  private static long threads(String status) {
    return Arrays.stream(status.split("\n", -1))
        .filter(line -> line.startsWith(THREADS))
        .mapToLong(line -> Long.parseLong(line.substring(THREADS.length()).strip()))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public String toString() {
    return "%4d s: %,d MiB resident, %d files, %d threads"
        .formatted(time.toSeconds(), residentBytes >> 20, files, threads);
  }
}
