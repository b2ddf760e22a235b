package backsweep.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What a machine tells of itself.
 *
 * @param processor its name
 * @param features what its processor can do, as Linux calls it; none where nobody tells
 * @param memory that this process may have, in bytes, a container's limit included
 * @param heap that this JVM may have, in bytes
 */
record Machine(String processor, List<String> features, OptionalLong memory, long heap) {

  private static final Path CPU = Path.of("/proc/cpuinfo");
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final List<Path> LIMITS =
      List.of(
          Path.of("/sys/fs/cgroup/memory.max"),
          Path.of("/sys/fs/cgroup/memory/memory.limit_in_bytes"));

  /** Copies the list. */
  Machine {
    features = List.copyOf(features);
  }

  /** This one. */
  static Machine here() {
    return new Machine(
        field(CPU, "model name").orElse(System.getProperty("os.arch")),
        field(CPU, "flags").map(flags -> List.of(flags.split(" "))).orElse(List.of()),
        memoryHere(),
        Runtime.getRuntime().maxMemory());
  }

  /** The same with another heap. */
  Machine withHeap(long bytes) {
    return new Machine(processor, features, memory, bytes);
  }

  private static OptionalLong memoryHere() {
    LongStream physical =
        field(MEMORY, "MemTotal").stream()
            .mapToLong(text -> Long.parseLong(text.replaceAll("\\D", "")) << 10);
    LongStream limits =
        LIMITS.stream()
            .flatMap(Machine::lines)
            .filter(line -> line.matches("\\d{1,18}"))
            .mapToLong(Long::parseLong);
    return LongStream.concat(physical, limits).min();
  }

  private static Optional<String> field(Path file, String name) {
    return lines(file)
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst();
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      return Stream.empty(); // Another system, which does not tell.
    }
  }
}
