package backsweep.stages;

import backsweep.network.Graph;
import backsweep.network.PruningPoint;
import backsweep.network.UnknownLayerException;
import backsweep.network.UnsupportedNetworkException;
import backsweep.pruning.Criterion;
import backsweep.pruning.GradientCriterion;
import backsweep.stages.DefenceRequest.NetworkFile;
import backsweep.store.SharedFiles;
import backsweep.tensorflow.NetworkTrainer;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * Plans defences: reads networks and looks at image files, each of which is looked at once. Nothing
 * is computed or written.
 */
final class PlanDefences {

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

  /** A plan of one network for each criterion. */
  List<DefencePlan> execute(DefenceRequest request) {
    NetworkFile file = request.network();
    SubjectNetwork subject = new ReadNetwork(files, graph -> checkHeap(graph, file)).execute(file);
    PruningPoint point = point(subject);
    criteria.forEach(criterion -> check(criterion, subject, point));
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
        .map(criterion -> new DefencePlan(subject, point, sources, criterion, fineTuning))
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

  private static void check(Criterion criterion, SubjectNetwork subject, PruningPoint point) {
    if (criterion instanceof GradientCriterion) {
      try {
        subject.models().requireGradients(point);
      } catch (UnsupportedNetworkException e) {
        throw new UnsupportedNetworkException(
            "%s, criterion %s: %s"
                .formatted(subject.file().path(), criterion.label(), e.getMessage()));
      }
    }
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
