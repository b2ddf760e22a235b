package backsweep.stages;

import static java.util.stream.Collectors.toMap;

import backsweep.network.Graph;
import backsweep.network.PruningPoint;
import backsweep.network.UnknownLayerException;
import backsweep.network.UnsupportedNetworkException;
import backsweep.pruning.Criterion;
import backsweep.pruning.GradientCriterion;
import backsweep.pruning.InvalidOrderException;
import backsweep.stages.DefenceRequest.NetworkFile;
import backsweep.store.SharedFiles;
import backsweep.tensorflow.NetworkTrainer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * Plans defences: reads networks and looks at image files, each of which is looked at once. Nothing
 * is computed or written.
 */
final class PlanDefences {

  /** What an operator calls it. */
  static final String STAGE = "inputs";

  private final SparkSession spark;
  private final List<Criterion> criteria;
  private final SharedFiles files;
  private final KnownSources known = new KnownSources();

  /** By these criteria. */
  PlanDefences(SparkSession spark, List<Criterion> criteria) {
    this.spark = spark;
    this.criteria = criteria;
    this.files = new SharedFiles(spark.sessionState().newHadoopConf());
  }

  /**
   * A plan of one network for each criterion, with what is in its way.
   *
   * @throws UnsupportedNetworkException if that stops all criteria; or another one, by what it is
   */
  List<DefencePlan> execute(DefenceRequest request) {
    NetworkFile file = request.network();
    SubjectNetwork subject = new ReadNetwork(files, graph -> checkHeap(graph, file)).execute(file);
    PruningPoint point = point(subject);
    Map<Criterion, String> obstacles = obstacles(subject, point);
    ReadImageSources read =
        new ReadImageSources(spark, subject.network(), request.images().reading(), known);
    List<ImageSource> sources = read.execute(request.images());
    Optional<FineTunePlan> fineTuning =
        request
            .repairs()
            .fineTune()
            .map(tune -> new FineTunePlan(read.fineTuning(tune.images(), sources), tune.how()));
    fineTuning.ifPresent(plan -> checkLearns(subject));
    request.strip().ifPresent(how -> how.check(subject, sources.get(0).set()));
    return criteria.stream()
        .map(
            criterion ->
                new DefencePlan(
                    subject,
                    point,
                    sources,
                    criterion,
                    fineTuning,
                    Optional.ofNullable(obstacles.get(criterion))))
        .toList();
  }

  private void checkHeap(Graph graph, NetworkFile file) {
    HeapForWeights.of(graph).check(spark.sparkContext(), file.path());
  }

  private static void checkLearns(SubjectNetwork subject) {
    try {
      NetworkTrainer.requireLearns(subject.network());
    } catch (UnsupportedNetworkException e) {
      throw new UnsupportedNetworkException(
          "%s, fine-tuning: %s".formatted(subject.file().path(), e.getMessage()));
    }
  }

  /** Why some of the criteria cannot order the channels; if none can, the first says so. */
  private Map<Criterion, String> obstacles(SubjectNetwork subject, PruningPoint point) {
    Map<Criterion, RuntimeException> found = new LinkedHashMap<>();
    for (Criterion criterion : criteria) {
      try {
        check(criterion, subject, point);
      } catch (UnsupportedNetworkException | InvalidOrderException e) {
        found.put(criterion, e);
      }
    }
    if (found.keySet().containsAll(criteria)) {
      throw alone(subject, criteria.get(0), found.get(criteria.get(0)));
    }
    return found.entrySet().stream().collect(toMap(Entry::getKey, e -> e.getValue().getMessage()));
  }

  private static void check(Criterion criterion, SubjectNetwork subject, PruningPoint point) {
    criterion.requireFits(point);
    if (criterion instanceof GradientCriterion) {
      subject.models().requireGradients(point);
    }
  }

  /** An order that a person gave names its file, the others what they are asked of. */
  private static RuntimeException alone(
      SubjectNetwork subject, Criterion criterion, RuntimeException obstacle) {
    return obstacle instanceof InvalidOrderException
        ? obstacle
        : new UnsupportedNetworkException(
            "%s, criterion %s: %s"
                .formatted(subject.file().path(), criterion.label(), obstacle.getMessage()));
  }

  private static PruningPoint point(SubjectNetwork subject) {
    NetworkFile file = subject.file();
    try {
      return PruningPoint.of(subject.network(), file.layer(), file.statisticsLayer());
    } catch (UnknownLayerException e) {
      throw e.in(file.path());
    } catch (UnsupportedNetworkException e) {
      throw new UnsupportedNetworkException(file.path() + ": " + e.getMessage());
    }
  }
}
