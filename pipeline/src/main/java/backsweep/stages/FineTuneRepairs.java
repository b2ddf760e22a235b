package backsweep.stages;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toMap;

import backsweep.evaluation.StepCounts;
import backsweep.images.ImageSet;
import backsweep.network.ChannelMask;
import backsweep.network.Network;
import backsweep.stages.FineTuneTask.Outcome;
import backsweep.stages.Repair.Verification;
import backsweep.store.ImageStore;
import backsweep.store.ImportedImages;
import backsweep.store.SharedFiles;
import backsweep.tensorflow.NetworkModels;
import backsweep.tensorflow.SavedModel;
import backsweep.training.FineTuning;
import backsweep.training.PrunableNetwork;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/**
 * Fine-tunes pruned networks on the executors, one task for each set of kept channels, writes them
 * with their detectors, and counts what they answer, read back from their files, on all images.
 *
 * <p>What is learned comes back to the driver, which writes it.
 */
final class FineTuneRepairs {

  private static final long WEIGHTS_AT_ONCE = 1L << 26;
  private static final int ROUNDS_OF_TASKS = 8;

  private final SparkSession spark;
  private final ImageStore store;
  private final SharedFiles files;
  private final DefencePlan plan;

  /**
   * Of one network.
   *
   * @param plan of any criterion
   */
  FineTuneRepairs(SparkSession spark, ImageStore store, DefencePlan plan) {
    this.spark = spark;
    this.store = store;
    this.files = new SharedFiles(spark.sessionState().newHadoopConf());
    this.plan = plan;
  }

  /** How many may be fine-tuned at a time: the driver holds them all, and a crash loses them. */
  int atOnce() {
    long held = WEIGHTS_AT_ONCE / plan.subject().network().weights().size();
    int tasks = ROUNDS_OF_TASKS * spark.sparkContext().defaultParallelism();
    return (int) Math.max(1, Math.min(tasks, held));
  }

  /**
   * The repairs after fine-tuning, in their order. Those that keep the same channels learn once.
   *
   * @param wanted repairs of the network, by any criteria
   * @param images that they learn from
   * @param sets that they are measured on
   */
  List<FineTuned> execute(
      List<PrunedNetwork> wanted, ImportedImages images, List<ImportedImages> sets) {
    Map<ChannelMask, Outcome> learned = learn(tasks(wanted), images);
    List<Written> written =
        wanted.stream().map(pruned -> write(pruned, learned.get(pruned.kept()))).toList();
    return measure(written, sets);
  }

  /** One for each set of kept channels, named after all that keep them. */
  private static Map<ChannelMask, String> tasks(List<PrunedNetwork> wanted) {
    return wanted.stream()
        .collect(
            groupingBy(
                PrunedNetwork::kept,
                LinkedHashMap::new,
                mapping(PrunedNetwork::description, joining("; "))));
  }

  private Map<ChannelMask, Outcome> learn(Map<ChannelMask, String> tasks, ImportedImages images) {
    FineTuning how = plan.fineTuning().orElseThrow().how();
    long once = (long) how.schedule().epochs() * images.set().images();
    ImageJob job =
        new ImageJob(
            "fine-tuning",
            once * tasks.size(),
            "fine-tuning of %d networks".formatted(tasks.size()));
    Broadcast<PrunableNetwork> network =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(plan.prunable());
    List<FineTuneTask> all =
        tasks.entrySet().stream()
            .map(task -> new FineTuneTask(task.getValue(), network, task.getKey(), how))
            .toList();
    try {
      List<Outcome> outcomes = job.run(spark, count -> learn(all, images, count));
      return outcomes.stream().collect(toMap(Outcome::kept, outcome -> outcome));
    } finally {
      network.destroy();
    }
  }

  private List<Outcome> learn(List<FineTuneTask> tasks, ImportedImages images, ImageCount count) {
    return tasks.stream()
        .map(task -> learn(task, images, count))
        .reduce(JavaRDD::union)
        .orElseThrow()
        .collect();
  }

  private JavaRDD<Outcome> learn(FineTuneTask task, ImportedImages images, ImageCount count) {
    return store.blocks(images).coalesce(1).mapPartitions(blocks -> task.tune(blocks, count));
  }

  /**
   * A network that was written.
   *
   * @param kept the channels that were not pruned
   * @param repair with its files, or why there are none
   * @param model as its file has it; empty where there is nothing to measure
   */
  private record Written(ChannelMask kept, Repair repair, Optional<SavedModel> model) {}

  private Written write(PrunedNetwork pruned, Outcome outcome) {
    Repair before = pruned.repair();
    if (outcome.failure() != null) {
      Repair bare = Repair.baseline(before.rule(), before.step().getAsInt());
      return failed(outcome, bare.without(outcome.failure()), outcome.failure());
    }
    Defence defence = pruned.defence();
    Network tuned = new Network(plan.subject().network().graph(), outcome.weights());
    Repair repair =
        new RepairNetwork(files, defence.plan(), defence.output())
            .writeFineTuned(before, outcome.kept(), tuned);
    try {
      Network written = repair.file().isEmpty() ? tuned : readBack(defence, repair, outcome);
      float inputScale = plan.subject().file().inputScale();
      SavedModel model = new NetworkModels(written, inputScale).whole();
      return new Written(outcome.kept(), repair, Optional.of(model));
    } catch (ReadBackRepairs.DamagedRepairException e) {
      return failed(outcome, repair, e.getMessage());
    }
  }

  private static Written failed(Outcome outcome, Repair repair, String reason) {
    Verification failed = new Verification(0, Optional.of(reason));
    return new Written(outcome.kept(), repair.verified(failed), Optional.empty());
  }

  private Network readBack(Defence defence, Repair repair, Outcome outcome)
      throws ReadBackRepairs.DamagedRepairException {
    return new ReadBackRepairs(files, defence.plan(), defence.output())
        .read(repair.file().get(), outcome.weights());
  }

  private List<FineTuned> measure(List<Written> written, List<ImportedImages> sets) {
    Map<ChannelMask, SavedModel> models = new LinkedHashMap<>();
    written.forEach(one -> one.model().ifPresent(model -> models.put(one.kept(), model)));
    Map<ChannelMask, Map<ImageSet, StepCounts>> counts = count(models, sets);
    long images = sets.stream().mapToLong(set -> set.set().images()).sum();
    Verification whole = new Verification(images, Optional.empty());
    return written.stream()
        .map(
            one ->
                one.model().isPresent()
                    ? new FineTuned(one.repair().verified(whole), counts.get(one.kept()))
                    : new FineTuned(one.repair(), Map.of()))
        .toList();
  }

  private Map<ChannelMask, Map<ImageSet, StepCounts>> count(
      Map<ChannelMask, SavedModel> models, List<ImportedImages> sets) {
    Map<ChannelMask, Map<ImageSet, StepCounts>> counts = new HashMap<>();
    if (!models.isEmpty()) {
      Iterator<Map<ImageSet, StepCounts>> counted =
          new CountAnswers(spark, store, plan.batches(1).whole())
              .execute(plan.subject().models().whole(), List.copyOf(models.values()), sets)
              .iterator();
      models.keySet().forEach(kept -> counts.put(kept, counted.next()));
    }
    return counts;
  }
}
