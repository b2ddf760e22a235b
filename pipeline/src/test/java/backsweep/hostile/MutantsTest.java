package backsweep.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.hostile.Trial.Outcome;
import backsweep.network.Graph;
import backsweep.network.Network;
import backsweep.network.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is done to a file, it is read, or refused in the project's own words, within two seconds
 * and 512 MiB, and nothing of it is left behind. A few hundred mutants; with {@code -Psoak} 10,000,
 * in a JVM of 512 MiB.
 */
class MutantsTest {

  private static final int MUTANTS = Integer.getInteger("mutants", 400);
  private static final int FIRST = Integer.getInteger("mutants.first", 0);
  private static final int RUN_NATIVELY = Math.max(4, MUTANTS / 60);

  @TempDir private Path folder;

  private final List<Seed> seeds = Seed.all();
  private final List<String> failures = new ArrayList<>();
  private final Map<String, Integer> endings = new TreeMap<>();
  private final Map<Graph, Network> changed = new LinkedHashMap<>();
  private double slowest;
  private long largest;
  private String slowestMutant = "";
  private String largestMutant = "";

  @Test
  void everyMutantIsReadOrRefused() throws IOException {
    List<Path> before = temporaryFiles();
    try (Trial trial = new Trial()) {
      for (int mutant = FIRST; mutant < FIRST + MUTANTS; mutant++) {
        check(trial, mutant);
      }
    }
    report();
    assertThat(before).containsAll(temporaryFiles());
    assertThat(failures).isEmpty();
    assertThat(endings.get("read")).isBetween(MUTANTS / 20, MUTANTS);
    assertThat(endings.get("KerasFileException")).isGreaterThan(MUTANTS / 20);
    assertThat(endings.get("ImageFileException")).isGreaterThan(MUTANTS / 20);
    new NativeRuns(changed.values().stream().limit(RUN_NATIVELY).toList()).check();
  }

  /** Those of the project's libraries; other processes may write others at any time. */
  private static List<Path> temporaryFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().matches("(?i).*(hdf|backsweep|imageio).*"))
          .toList();
    }
  }

  private void check(Trial trial, int number) throws IOException {
    Seed seed = Seed.ofMutant(seeds, number);
    String name = "%s, mutation %d".formatted(seed, number);
    byte[] mutant = seed.mutant(seeds, number);
    try {
      Outcome outcome = trial.read(seed, mutant, folder.resolve("mutant"));
      count(name, outcome);
      outcome.network().ifPresent(this::checkNetwork);
      assertThat(folder.toFile().list()).containsExactly("mutant");
    } catch (AssertionError e) {
      failures.add(name + ": " + e.getMessage());
    }
  }

  private void count(String name, Outcome outcome) {
    String ending = outcome.isRead() ? "read" : outcome.refusal().getClass().getSimpleName();
    endings.merge(ending, 1, Integer::sum);
    if (outcome.seconds() > slowest) {
      slowest = outcome.seconds();
      slowestMutant = name;
    }
    if (outcome.bytes() > largest) {
      largest = outcome.bytes();
      largestMutant = name;
    }
  }

  private void checkNetwork(Network network) {
    for (Map<String, Tensor> layer : network.weights().byLayer().values()) {
      for (Tensor tensor : layer.values()) {
        for (int i = 0; i < tensor.shape().size(); i++) {
          assertThat(Float.isFinite(tensor.at(i))).isTrue();
        }
      }
    }
    changed.putIfAbsent(network.graph(), network);
  }

  private void report() {
    System.out.printf(
        "%d mutants of %d files: %s; slowest %.2f s (%s), largest %d MiB (%s), %d architectures%n",
        MUTANTS,
        seeds.size(),
        endings,
        slowest,
        slowestMutant,
        largest >> 20,
        largestMutant,
        changed.size());
  }
}
