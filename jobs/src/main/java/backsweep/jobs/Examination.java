package backsweep.jobs;

import backsweep.store.SharedFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What {@code doctor} looks at on the machine it runs on.
 *
 * @param machine what is known of it
 */
record Examination(Machine machine) {

  private static final int JAVA = 17;
  private static final long GIB = 1L << 30;

  /** TensorFlow's library takes 0.6 GiB where it is unpacked, and images are spilled. */
  private static final long LEAST_DISK = GIB;

  /** Beside the heap 0.7 to 1.0 GiB were resident with 1 to 4 tasks at a time. */
  private static final long BESIDE_HEAP = GIB;

  /** Collectors keep a part of what -Xmx gives for themselves. */
  private static final long LEAST_HEAP = GIB * 9 / 10;

  private static final String SCRATCH =
      "Name a folder with room that can be written:"
          + " SPARK_SUBMIT_OPTS=-Djava.io.tmpdir=FOLDER, and --conf spark.local.dir=FOLDER in"
          + " BACKSWEEP_SPARK_OPTIONS.";
  private static final String OUTPUT = "Make room, or name another folder: --output FOLDER.";

  /** Which program this is. */
  Finding backsweep() {
    return Finding.good("backsweep", Version.backsweep());
  }

  /** The JVM. */
  Finding java(Runtime.Version version) {
    String found =
        "%s, %s, %s"
            .formatted(version, System.getProperty("java.vendor"), System.getProperty("java.home"));
    return version.feature() == JAVA
        ? Finding.good("java", found)
        : Finding.bad("java", found, "Spark 3.5 runs on Java 17: name a JDK 17 in JAVA_HOME.");
  }

  /** What it computes with. */
  Finding processor() {
    String name = "%s, %d cores".formatted(machine.processor(), processors());
    if (machine.features().isEmpty()) {
      return Finding.good("processor", name + ", AVX2 and AVX-512 unknown");
    }
    String found = "%s, AVX2 %s, AVX-512 %s".formatted(name, yesNo("avx2"), yesNo("avx512f"));
    return machine.features().contains("avx")
        ? Finding.good("processor", found)
        : Finding.bad(
            "processor",
            found + ", not even AVX",
            "TensorFlow is built for processors with AVX: use another machine, or let a virtual"
                + " one have its host's processor.");
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  private String yesNo(String feature) {
    return machine.features().contains(feature) ? "yes" : "no";
  }

  /** The heap, and what is beside it. */
  Finding memory() {
    String found =
        "heap %s, machine %s"
            .formatted(
                gib(machine.heap()),
                machine.memory().isPresent() ? gib(machine.memory().getAsLong()) : "unknown");
    if (machine.heap() < LEAST_HEAP) {
      return Finding.bad("memory", found, "Give at least 1 GiB: BACKSWEEP_DRIVER_MEMORY=1g.");
    }
    if (machine.memory().orElse(Long.MAX_VALUE) < machine.heap() + BESIDE_HEAP) {
      return Finding.bad(
          "memory",
          found,
          "TensorFlow needs about 1 GiB beside the heap: give less, as BACKSWEEP_DRIVER_MEMORY=1g,"
              + " or use a machine with more.");
    }
    return Finding.good("memory", found);
  }

  /**
   * The native library.
   *
   * @param load loads it and says its version
   */
  Finding tensorflow(Supplier<String> load) {
    return Finding.of(
        "tensorflow",
        "Its library is for Linux on x86-64 with glibc. It is unpacked below ~/.javacpp, which"
            + " takes 0.6 GiB and must allow programs to run; another folder:"
            + " SPARK_SUBMIT_OPTS=-Dorg.bytedeco.javacpp.cachedir=FOLDER. If it was built without,"
            + " build again: mvn -B -DskipTests clean package.",
        () -> Finding.good("tensorflow", load.get()));
  }

  /** The folder for files under work. */
  Finding scratch(SharedFiles files, Path folder) {
    return place(files, "scratch", folder.toUri().toString(), SCRATCH);
  }

  /** Where results are to go. */
  Finding output(SharedFiles files, String output) {
    return place(files, "output", output, OUTPUT);
  }

  /** Whether a file can be written, read back and removed; what was not there is gone again. */
  private static Finding place(SharedFiles files, String subject, String folder, String advice) {
    return Finding.of(
        subject,
        advice,
        () -> {
          List<String> missing = missing(files, folder);
          files.requireWritable(folder);
          Finding found = disk(subject, folder + ", can be written", files.free(folder), advice);
          missing.forEach(files::deleteEmpty);
          return found;
        });
  }

  /** The folders that would have to be made, the deepest first. */
  private static List<String> missing(SharedFiles files, String folder) {
    return Stream.iterate(
            new org.apache.hadoop.fs.Path(folder),
            path -> path != null && !path.toString().isEmpty() && !files.exists(path.toString()),
            org.apache.hadoop.fs.Path::getParent)
        .map(org.apache.hadoop.fs.Path::toString)
        .toList();
  }

  /**
   * A place that can be written.
   *
   * @param free bytes, where it is known
   */
  static Finding disk(String subject, String place, OptionalLong free, String advice) {
    if (free.isEmpty()) {
      return Finding.good(subject, place);
    }
    String found = "%s, %s free".formatted(place, gib(free.getAsLong()));
    return free.getAsLong() >= LEAST_DISK
        ? Finding.good(subject, found)
        : Finding.bad(subject, found, "Less than 1 GiB is left. " + advice);
  }

  /** Several things in one line. */
  static String list(Stream<String> things) {
    return things.distinct().sorted().collect(Collectors.joining(", "));
  }

  /** How many are wrong. */
  static long wrong(List<Finding> findings) {
    return findings.stream().filter(finding -> !finding.isGood()).count();
  }

  /** Bytes as a person reads them. */
  static String gib(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", (double) bytes / GIB);
  }
}
