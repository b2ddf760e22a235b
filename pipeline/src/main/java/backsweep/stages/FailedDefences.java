package backsweep.stages;

import static java.util.stream.Collectors.joining;

import backsweep.stages.DefenceRequest.ImageFiles;
import backsweep.stages.DefenceRequest.NetworkFile;
import backsweep.stages.SweepWatch.Failure;
import backsweep.store.BadPathException;
import backsweep.store.ResultStore;
import backsweep.store.SharedFiles;
import backsweep.store.StorageException;
import backsweep.store.Unit;
import backsweep.store.Unit.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * Which defences of networks failed as a whole, in this run or earlier ones. Each is a unit of what
 * was asked for, the network by its content: another file under the same name is another unit.
 */
final class FailedDefences {

  private final SharedFiles files;
  private final String criteria;
  private final Map<String, String> reasons;

  /** Those that an output knows of, and what is asked of a sweep. */
  FailedDefences(SparkSession spark, SweepRequest request) {
    this.files = new SharedFiles(spark.sessionState().newHadoopConf());
    this.criteria =
        request.criteria().stream()
            .map(criterion -> criterion.label() + " " + criterion.ingredients())
            .collect(joining(", "));
    ResultStore store = new ResultStore(spark, request.networks().get(0).work().output());
    this.reasons = new HashMap<>(store.failures(Kind.DEFENCE));
  }

  /**
   * A defence of one network as a whole.
   *
   * @param unit what was asked for
   * @param network its name, as in every table; without a hash where there is no such file
   */
  record Whole(Unit unit, String network) {}

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
    return new Whole(new Unit(Kind.DEFENCE, ingredients), SubjectNetwork.name(file.path(), sha256));
  }

  /** Empty where there is no file that can be read, which reading the network says better. */
  private Optional<String> sha256(String path) {
    try {
      return files.isFolder(path) ? Optional.empty() : files.sha256(path);
    } catch (StorageException | BadPathException e) {
      return Optional.empty();
    }
  }

  /** Why it failed when it was tried last; empty where it did not, or never was. */
  Optional<String> reason(Whole defence) {
    return Optional.ofNullable(reasons.get(defence.unit().id()));
  }

  /** Keeps that it failed. */
  void keep(Whole defence, CommitResults commit, Failure failure) {
    String reason = failure.stage() + ": " + failure.reason();
    reasons.put(defence.unit().id(), reason);
    commit.failed(defence, reason);
  }

  /** Keeps that it did not fail this time, if it did before. */
  void forget(Whole defence, CommitResults commit) {
    if (reasons.remove(defence.unit().id()) != null) {
      commit.done(defence);
    }
  }
}
