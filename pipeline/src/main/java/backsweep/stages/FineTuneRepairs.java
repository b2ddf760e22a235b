package backsweep.stages;

import backsweep.evaluation.StepCounts;
import backsweep.images.ImageSet;
import backsweep.network.ChannelMask;
import backsweep.network.Network;
import backsweep.network.Weights;
import backsweep.stages.FineTuneTask.Outcome;
import backsweep.stages.Repair.Verification;
import backsweep.store.ImageStore;
import backsweep.store.ImportedImages;
import backsweep.store.SharedFiles;
import backsweep.tensorflow.NetworkModels;
import backsweep.tensorflow.SavedModel;
import backsweep.training.FineTuning;
import backsweep.training.PrunableNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/**
 * Fine-tunes repaired networks on the executors, one task each, writes them with their detectors,
 * and counts what they answer, read back from their files, on all images.
 *
 * <p>What is learned comes back to the driver, which writes it: so many networks at a time that it
 * does not fill up.
 */
final class FineTuneRepairs {

  private static final long WEIGHTS_AT_ONCE = 1L << 26;

  private final SparkSession spark;
  private final ImageStore store;
  private final SharedFiles files;
  private final Defence defence;
  private final DefencePlan plan;

  FineTuneRepairs(SparkSession spark, ImageStore store, Defence defence) {
    this.spark = spark;
    this.store = store;
    this.files = new SharedFiles(spark.sessionState().newHadoopConf());
    this.defence = defence;
    this.plan = defence.plan();
  }

  /**
   * The repairs after fine-tuning, in their order.
   *
   * @param wanted repairs with a step
   * @param images that they learn from
   * @param sets that they are measured on
   */
  List<FineTuned> execute(List<Repair> wanted, ImportedImages images, List<ImportedImages> sets) {
    PrunableNetwork carried = plan.prunable();
    Broadcast<PrunableNetwork> network =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(carried);
    int atOnce =
        (int)
            Math.max(
                1, Math.min(wanted.size(), WEIGHTS_AT_ONCE / carried.network().weights().size()));
    List<FineTuned> tuned = new ArrayList<>();
    try {
      for (int first = 0; first < wanted.size(); first += atOnce) {
        List<Repair> some = wanted.subList(first, Math.min(wanted.size(), first + atOnce));
        tuned.addAll(measure(write(some, learn(some, network, images)), sets));
      }
    } finally {
      network.destroy();
    }
    return tuned;
  }

  private List<Written> write(List<Repair> pruned, List<Outcome> outcomes) {
    List<Written> written = new ArrayList<>();
    for (int i = 0; i < pruned.size(); i++) {
      written.add(write(pruned.get(i), outcomes.get(i)));
    }
    return written;
  }

  private List<Outcome> learn(
      List<Repair> wanted, Broadcast<PrunableNetwork> network, ImportedImages images) {
    FineTuning how = plan.fineTuning().orElseThrow().how();
    long once = (long) how.schedule().epochs() * images.set().images();
    ImageJob job =
        new ImageJob(
            "fine-tuning",
            once * wanted.size(),
            "fine-tuning of %d networks".formatted(wanted.size()));
    List<FineTuneTask> tasks =
        wanted.stream()
            .map(repair -> new FineTuneTask(name(repair), network, kept(repair), how))
            .toList();
    return job.run(
        spark,
        count ->
            tasks.stream()
                .map(task -> learn(task, images, count))
                .reduce(JavaRDD::union)
                .orElseThrow()
                .collect());
  }

  private ChannelMask kept(Repair repair) {
    return defence.order().maskAt(repair.step().getAsInt());
  }

  private String name(Repair repair) {
    return "%s, %s, X = %s"
        .formatted(plan.subject().name(), plan.criterion().label(), repair.rule().shortestDrop());
  }

  private JavaRDD<Outcome> learn(FineTuneTask task, ImportedImages images, ImageCount count) {
    return store.blocks(images).coalesce(1).mapPartitions(blocks -> task.tune(blocks, count));
  }

  /**
   * A network that was written.
   *
   * @param repair with its files, or why there are none
   * @param model as its file has it; empty where there is nothing to measure
   */
  private record Written(Repair repair, Optional<SavedModel> model) {}

  private Written write(Repair pruned, Outcome outcome) {
    Repair bare = Repair.baseline(pruned.rule(), pruned.step().getAsInt());
    if (outcome.failure() != null) {
      Verification failed = new Verification(0, Optional.of(outcome.failure()));
      return new Written(bare.without(outcome.failure()).verified(failed), Optional.empty());
    }
    Network tuned = new Network(plan.subject().network().graph(), outcome.weights());
    Repair repair =
        new RepairNetwork(files, plan, defence.output())
            .writeFineTuned(pruned, kept(pruned), tuned);
    return readBack(repair, outcome.weights());
  }

  private Written readBack(Repair repair, Weights learned) {
    Network measured = new Network(plan.subject().network().graph(), learned);
    if (repair.file().isPresent()) {
      try {
        measured =
            new ReadBackRepairs(files, plan, defence.output()).read(repair.file().get(), learned);
      } catch (ReadBackRepairs.DamagedRepairException e) {
        Verification failed = new Verification(0, Optional.of(e.getMessage()));
        return new Written(repair.verified(failed), Optional.empty());
      }
    }
    float inputScale = plan.subject().file().inputScale();
    return new Written(repair, Optional.of(new NetworkModels(measured, inputScale).whole()));
  }

  private List<FineTuned> measure(List<Written> written, List<ImportedImages> sets) {
    List<SavedModel> models =
        written.stream().map(Written::model).flatMap(Optional::stream).toList();
    List<Map<ImageSet, StepCounts>> counts =
        models.isEmpty()
            ? List.of()
            : new CountAnswers(spark, store, plan.batches(1).whole())
                .execute(plan.subject().models().whole(), models, sets);
    List<FineTuned> tuned = new ArrayList<>();
    int next = 0;
    long images = sets.stream().mapToLong(set -> set.set().images()).sum();
    for (Written one : written) {
      if (one.model().isPresent()) {
        Verification whole = new Verification(images, Optional.empty());
        tuned.add(new FineTuned(one.repair().verified(whole), counts.get(next++)));
      } else {
        tuned.add(new FineTuned(one.repair(), Map.of()));
      }
    }
    return tuned;
  }
}
