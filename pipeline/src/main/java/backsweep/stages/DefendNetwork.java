package backsweep.stages;

import backsweep.inference.ExecutorModels;
import backsweep.network.Graph;
import backsweep.network.PruningPoint;
import backsweep.network.UnknownLayerException;
import backsweep.network.UnsupportedNetworkException;
import backsweep.pruning.Criterion;
import backsweep.pruning.GradientCriterion;
import backsweep.stages.DefenceRequest.NetworkFile;
import backsweep.stages.DefenceRequest.Work;
import backsweep.store.JobDescription;
import backsweep.store.OutputInUseException;
import backsweep.store.OutputLock;
import backsweep.store.SharedFiles;
import backsweep.tensorflow.NetworkTrainer;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * The whole defence of one network, by one criterion or several: import images, collect statistics,
 * order the channels, trace the curves, repair, verify. {@link #plan} looks at every input first
 * and computes nothing.
 */
public final class DefendNetwork {

  private final SparkSession spark;
  private final DefenceRequest request;
  private final List<Criterion> criteria;
  private final SharedFiles files;
  private final StageClock clock = new StageClock();

  /** Defences as requested, one by each criterion. */
  public DefendNetwork(SparkSession spark, DefenceRequest request, List<Criterion> criteria) {
    this.spark = spark;
    this.request = request;
    this.criteria = List.copyOf(criteria);
    this.files = new SharedFiles(spark.sessionState().newHadoopConf());
  }

  /** How long each stage took. */
  public StageClock clock() {
    return clock;
  }

  /**
   * Reads the network and looks at the image files; nothing is computed or written. There is a plan
   * for each criterion.
   */
  public List<DefencePlan> plan() {
    ExecutorModels.warmUp(ExecutorThreads.of(spark.sparkContext().getConf()));
    return clock.time("inputs", this::readInputs);
  }

  private List<DefencePlan> readInputs() {
    NetworkFile file = request.network();
    SubjectNetwork subject = new ReadNetwork(files, this::checkHeap).execute(file);
    PruningPoint point = point(subject);
    criteria.forEach(criterion -> check(criterion, subject, point));
    ReadImageSources read =
        new ReadImageSources(spark, subject.network(), request.images().reading());
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

  private void checkHeap(Graph graph) {
    HeapForWeights.of(graph).check(spark.sparkContext(), request.network().path());
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

  /**
   * Does what was planned, as the only run that writes to the output: what an earlier run committed
   * is recalled, the rest is computed and committed. An output that is made for a run and has
   * nothing in it when the run fails is gone again.
   *
   * @param run under which results are committed
   * @throws OutputInUseException if another run writes to the output
   */
  public List<Defence> execute(List<DefencePlan> plans, Run run) {
    String output = request.work().output();
    boolean isNew = !files.exists(output);
    files.requireWritable(output);
    try {
      return JobDescription.during(spark, name(plans), () -> executeLocked(plans, run));
    } finally {
      files.deleteEmpty(output + "/images");
      if (isNew) {
        files.deleteEmpty(output);
      }
    }
  }

  private static String name(List<DefencePlan> plans) {
    return plans.get(0).subject().name();
  }

  private List<Defence> executeLocked(List<DefencePlan> plans, Run run) {
    Work work = request.work();
    String purpose = "defend " + name(plans);
    try (OutputLock lock =
        OutputLock.acquire(spark.sessionState().newHadoopConf(), work.output(), purpose)) {
      CommitResults commit = new CommitResults(spark, work.output(), run, lock);
      DefenceRun defence = new DefenceRun(spark, plans, work, clock, commit);
      List<Defence> defences = defence.execute(request.repairs());
      return request.strip().map(how -> defence.detect(how, defences)).orElse(defences);
    }
  }
}
