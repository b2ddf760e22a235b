package backsweep.stages;

import backsweep.pruning.ChannelStatistics;
import backsweep.pruning.Criterion;
import backsweep.pruning.PruningCurve;
import backsweep.pruning.PruningOrder;
import backsweep.pruning.StoppingRule;
import backsweep.pruning.ValidationCurve;
import backsweep.stages.DefenceRequest.Repairs;
import backsweep.stages.DefenceRequest.Work;
import backsweep.store.ImageStore;
import backsweep.store.ImportedImages;
import backsweep.store.SharedFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One defence while it is computed: the stages in their order, each timed. */
final class DefenceRun {

  private static final Logger LOG = LoggerFactory.getLogger(DefenceRun.class);

  private final SparkSession spark;
  private final DefencePlan plan;
  private final Work work;
  private final StageClock clock;
  private final ImageStore store;
  private final SharedFiles files;

  DefenceRun(SparkSession spark, DefencePlan plan, Work work, StageClock clock) {
    this.spark = spark;
    this.plan = plan;
    this.work = work;
    this.clock = clock;
    this.store = new ImageStore(spark, work.output(), work.partitions());
    this.files = new SharedFiles(spark.sessionState().newHadoopConf());
  }

  Defence execute(Criterion criterion, Repairs wanted) {
    List<ImportedImages> images = clock.time("import", this::importImages);
    ChannelStatistics statistics = clock.time("statistics", () -> collectStatistics(images.get(0)));
    PruningOrder order = criterion.order(statistics);
    LOG.info(Decision.order(criterion, order));
    CutModels cut = CutModels.of(plan.subject().models(), plan.point());
    List<PruningCurve> curves = clock.time("curves", () -> trace(cut, order, images));
    List<Repair> repairs =
        clock.time("repairs", () -> repair(wanted.rules(), new ValidationCurve(curves.get(0))));
    VerifyRepairs verify = new VerifyRepairs(spark, store, wanted.verify(), work.pairsPerBatch());
    List<Repair> verified =
        clock.time(
            "verification",
            () ->
                new ReadBackRepairs(files, plan, work.output())
                    .execute(repairs, order, found -> verify.execute(cut, order, found, images)));
    return new Defence(plan, statistics, order, curves, verified, work.output());
  }

  private List<ImportedImages> importImages() {
    return new ImportImages(spark, store).execute(plan.sources());
  }

  private ChannelStatistics collectStatistics(ImportedImages validation) {
    ChannelStatistics statistics =
        new CollectChannelStatistics(spark, store)
            .execute(plan.subject().models().statistics(plan.point()), validation);
    statistics.requireFinite(plan.point().statisticsLayer());
    return statistics;
  }

  private List<PruningCurve> trace(CutModels cut, PruningOrder order, List<ImportedImages> images) {
    return new TracePruningCurves(spark, store, work.pairsPerBatch()).execute(cut, order, images);
  }

  private List<Repair> repair(List<StoppingRule> rules, ValidationCurve validation) {
    PruningOrder order = validation.curve().order();
    RepairNetwork repairNetwork = new RepairNetwork(files, plan, work.output());
    List<Repair> repairs = new ArrayList<>();
    for (StoppingRule rule : rules) {
      OptionalInt step = rule.choose(validation);
      LOG.info(Decision.step(rule, step, validation));
      repairs.add(
          step.isPresent()
              ? repairNetwork.execute(rule, step.getAsInt(), order)
              : Repair.never(rule, order));
    }
    return repairs;
  }
}
