package backsweep.stages;

import static java.util.stream.Collectors.joining;

import backsweep.images.ImageFileException;
import backsweep.stages.DefenceRequest.ImageFiles;
import backsweep.stages.DefenceRequest.NetworkFile;
import backsweep.store.BadPathException;
import backsweep.store.MissingFileException;
import backsweep.store.MissingLibraryException;
import backsweep.store.PublicText;
import backsweep.store.ResultStore;
import backsweep.store.SharedFiles;
import backsweep.store.StorageException;
import backsweep.store.Unit;
import backsweep.store.Unit.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * Which defences of networks failed as a whole, in this run or earlier ones. Each is a unit of what
 * was asked for, the network by its content: another file under the same name is another unit. What
 * failed for a reason that may be gone the next time (a storage that does not answer, a file that
 * is missing, images, memory) is tried again; what is the network's own is not.
 */
final class FailedDefences {

  /** Reasons that may be gone the next time. */
  private static final List<Class<? extends Throwable>> PASSING =
      List.of(
          IOException.class,
          UncheckedIOException.class,
          MissingFileException.class,
          MissingLibraryException.class,
          ImageFileException.class,
          TooLittleMemoryException.class);

  /** What the stage of a failure ends with that is tried again. */
  private static final String PASSED = " (to be tried again)";

  private final SharedFiles files;
  private final PublicText texts;
  private final String criteria;
  private final Map<String, Failure> failures;
  private final List<Ended> ended = new ArrayList<>();

  /** Those that an output knows of, and what is asked of a sweep. */
  FailedDefences(SparkSession spark, SweepRequest request) {
    Configuration configuration = spark.sessionState().newHadoopConf();
    this.files = new SharedFiles(configuration);
    this.texts = new PublicText(configuration);
    this.criteria =
        request.criteria().stream()
            .map(criterion -> criterion.label() + " " + criterion.ingredients())
            .collect(joining(", "));
    ResultStore store = new ResultStore(spark, request.networks().get(0).work().output());
    this.failures = new HashMap<>();
    store.latest(Kind.DEFENCE).values().stream()
        .filter(row -> !row.isDone())
        .forEach(row -> failures.put(row.unit(), Failure.of(row)));
  }

  /**
   * A defence of one network as a whole.
   *
   * @param unit what was asked for
   * @param network its name, as in every table; without a hash where there is no such file
   */
  record Whole(Unit unit, String network) {}

  /**
   * What became of a defence as a whole.
   *
   * @param failure why it failed; empty where it did not, as it did before
   */
  record Ended(Whole defence, Optional<Failure> failure) {}

  /** The defence that a request asks for. */
  Whole whole(DefenceRequest request) {
    NetworkFile file = request.network();
    ImageFiles images = request.images();
    Optional<String> sha256 = sha256(file.path());
    Map<String, String> ingredients = new HashMap<>();
    ingredients.put("network", sha256.orElse(file.path()));
    ingredients.put("architecture", file.architecture().flatMap(this::sha256).orElse(""));
    ingredients.put("input_scale", Float.toString(file.inputScale()));
    ingredients.put("layer", file.layer().orElse(""));
    ingredients.put("statistics_layer", file.statisticsLayer().orElse(""));
    ingredients.put("clean_validation", images.cleanValidation());
    ingredients.put("clean_test", images.cleanTest().orElse(""));
    ingredients.put("poisoned", images.poisoned().toString());
    ingredients.put("reading", images.reading().toString());
    ingredients.put("criteria", criteria);
    ingredients.put("repairs", request.repairs().toString());
    ingredients.put("strip", request.strip().toString());
    ingredients.replaceAll((name, value) -> texts.of(value)); // as the row says them
    return new Whole(new Unit(Kind.DEFENCE, ingredients), SubjectNetwork.name(file.path(), sha256));
  }

  /** Empty where there is no file that can be read, which reading the network says better. */
  private Optional<String> sha256(String path) {
    try {
      return files.isFolder(path) ? Optional.empty() : files.sha256(path);
    } catch (StorageException | BadPathException | MissingLibraryException e) {
      return Optional.empty();
    }
  }

  /** Why it failed when it was tried last, if it is not to be tried again. */
  Optional<Failure> of(Whole defence) {
    return Optional.ofNullable(failures.get(defence.unit().id()))
        .filter(failure -> !failure.stage().endsWith(PASSED));
  }

  /**
   * Keeps that it failed.
   *
   * @param cause what was thrown, if anything was
   */
  void keep(Whole defence, Failure failure, Optional<Throwable> cause) {
    Failure kept =
        cause.filter(FailedDefences::isPassing).isPresent()
            ? new Failure(failure.stage() + PASSED, failure.reason())
            : failure;
    Failure before = failures.put(defence.unit().id(), kept);
    if (before == null || !before.kept().equals(texts.of(kept.kept()))) {
      ended.add(new Ended(defence, Optional.of(kept)));
    }
  }

  private static boolean isPassing(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(cause -> PASSING.stream().anyMatch(kind -> kind.isInstance(cause)));
  }

  /** Keeps that it did not fail this time, if it did before. */
  void forget(Whole defence) {
    if (failures.remove(defence.unit().id()) != null) {
      ended.add(new Ended(defence, Optional.empty()));
    }
  }

  /** Commits what was kept since the last time. */
  void commit(CommitResults commit) {
    if (!ended.isEmpty()) {
      commit.ended(ended);
      ended.clear();
    }
  }
}
