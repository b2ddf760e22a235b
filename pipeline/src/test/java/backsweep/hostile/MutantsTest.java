package backsweep.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.hostile.ReadModel.Model;
import backsweep.hostile.Trial.Outcome;
import backsweep.images.UnfitAttackException;
import backsweep.network.Graph;
import backsweep.network.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is done to a file, it is read, or refused in the project's own words, within two seconds
 * and 640 MiB, and nothing of it is left behind. A few hundred mutants; with {@code -Psoak} 10,000,
 * in a JVM of 512 MiB.
 */
class MutantsTest {

  private static final int MUTANTS = Integer.getInteger("mutants", 400);
  private static final int FIRST = Integer.getInteger("mutants.first", 0);
  private static final int RUN_NATIVELY = Math.max(4, MUTANTS / 60);

  /** Of the architectures; in the soak, all. */
  private static final int BUILT_ONE_OF = MUTANTS < 10_000 ? 5 : 1;

  @TempDir private Path folder;

  private final List<Seed> seeds = Seed.all();
  private final List<String> failures = new ArrayList<>();
  private final Map<String, Integer> endings = new TreeMap<>();
  private final Map<String, Integer> next = new TreeMap<>();
  private final Map<Graph, ReadModel> changed = new LinkedHashMap<>();
  private double slowest;
  private long largest;
  private String slowestMutant = "";
  private String largestMutant = "";

  @Test
  void everyMutantIsReadOrRefused() throws IOException {
    List<Path> before = temporaryFiles();
    try (Trial trial = new Trial()) {
      startTensorFlow(trial);
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
    new NativeRuns(changed.values().stream().map(ReadModel::network).limit(RUN_NATIVELY).toList())
        .check();
  }

  /** The first graph of a process takes the time of loading the library, whatever is in it. */
  private static void startTensorFlow(Trial trial) {
    Seed sound = Seed.named("keras/small.h5");
    ReadModel model = ReadModel.of(sound.file(), Optional.of(sound.sound()));
    assertThat(trial.goOn(model, read -> read.build(Model.WHOLE)).isRead()).isTrue();
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
      checkRefusal(outcome, seed);
      outcome.model().ifPresent(model -> goOn(trial, name, model));
      assertThat(folder.toFile().list()).containsExactly("mutant");
    } catch (AssertionError e) {
      failures.add(name + ": " + e.getMessage());
    }
  }

  /** Whoever reads it has to find the file. */
  private void checkRefusal(Outcome outcome, Seed seed) {
    if (!outcome.isRead() && !(outcome.refusal() instanceof UnfitAttackException)) {
      String message = String.valueOf(outcome.refusal().getMessage());
      assertThat(message.contains(folder.toString()) || message.contains(seed.sound().toString()))
          .as("names its file: " + message)
          .isTrue();
    }
  }

  private void count(String name, Outcome outcome) {
    endings.merge(outcome.ending(), 1, Integer::sum);
    measure(name, outcome);
  }

  private void measure(String name, Outcome outcome) {
    if (outcome.seconds() > slowest) {
      slowest = outcome.seconds();
      slowestMutant = name;
    }
    if (outcome.bytes() > largest) {
      largest = outcome.bytes();
      largestMutant = name;
    }
  }

  private void goOn(Trial trial, String name, ReadModel model) {
    checkWeights(model);
    goOn(trial, name, model, new Step("repaired", read -> read.repair(folder)));
    boolean isNew = changed.putIfAbsent(model.network().graph(), model) == null;
    if (isNew && changed.size() % BUILT_ONE_OF == 0) {
      for (Model built : Model.values()) {
        goOn(trial, name, model, new Step("built " + built, read -> read.build(built)));
      }
    }
  }

  private void goOn(Trial trial, String name, ReadModel model, Step step) {
    Outcome outcome = trial.goOn(model, step.action());
    next.merge(step.name() + ": " + outcome.ending(), 1, Integer::sum);
    measure(name + ", " + step.name(), outcome);
  }

  private record Step(String name, Consumer<ReadModel> action) {}

  private static void checkWeights(ReadModel model) {
    for (Map<String, Tensor> layer : model.network().weights().byLayer().values()) {
      for (Tensor tensor : layer.values()) {
        for (int i = 0; i < tensor.shape().size(); i++) {
          if (!Float.isFinite(tensor.at(i))) {
            throw new AssertionError("a weight of " + tensor.at(i));
          }
        }
      }
    }
  }

  private void report() {
    System.out.printf(
        "%d mutants of %d files: %s; then %s; slowest %.2f s (%s), largest %d MiB (%s),"
            + " %d architectures%n",
        MUTANTS,
        seeds.size(),
        endings,
        next,
        slowest,
        slowestMutant,
        largest >> 20,
        largestMutant,
        changed.size());
  }
}
