package backsweep.stages;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;
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
import backsweep.training.PrunableNetwork;
import java.util.ArrayList;
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
 * Fine-tunes pruned networks on the executors, one task for each set of channels that a network
 * keeps, writes them with their detectors, and counts what they answer, read back from their files,
 * on all images.
 *
 * <p>What is learned comes back to the driver, which writes it.
 */
final class FineTuneRepairs {

  private static final long WEIGHTS_AT_ONCE = 1L << 26;
  private static final int ROUNDS_OF_TASKS = 8;

  private final SparkSession spark;
  private final ImageStore store;
  private final Map<ImageSet, ImportedImages> images;
  private final SharedFiles files;

  /**
   * Fine-tunes with the images of a store.
   *
   * @param images those that networks learn from, and those that they are measured on
   */
  FineTuneRepairs(SparkSession spark, ImageStore store, Map<ImageSet, ImportedImages> images) {
    this.spark = spark;
    this.store = store;
    this.images = images;
    this.files = new SharedFiles(spark.sessionState().newHadoopConf());
  }

  /** What learns at a time, in order: the driver holds its weights, and a crash loses them. */
  List<List<PrunedNetwork>> rounds(List<PrunedNetwork> wanted) {
    int most = ROUNDS_OF_TASKS * spark.sparkContext().defaultParallelism();
    List<List<PrunedNetwork>> rounds = new ArrayList<>();
    long weights = WEIGHTS_AT_ONCE;
    for (PrunedNetwork one : wanted) {
      weights += one.plan().subject().network().weights().size();
      if (weights > WEIGHTS_AT_ONCE || rounds.get(rounds.size() - 1).size() == most) {
        rounds.add(new ArrayList<>());
        weights = one.plan().subject().network().weights().size();
      }
      rounds.get(rounds.size() - 1).add(one);
    }
    return rounds;
  }

  /**
   * A network that learns: what two criteria prune alike is one.
   *
   * @param network what tells it from others
   * @param kept its channels that are not pruned
   */
  private record Learner(String network, ChannelMask kept) {

    private static Learner of(PrunedNetwork pruned) {
      return new Learner(original(pruned), pruned.kept());
    }
  }

  private static String original(PrunedNetwork pruned) {
    return new Units(pruned.plan()).statistics().id();
  }

  /** The repairs after fine-tuning, in their order. */
  List<FineTuned> execute(List<PrunedNetwork> wanted) {
    Map<Learner, List<PrunedNetwork>> learners =
        wanted.stream().collect(groupingBy(Learner::of, LinkedHashMap::new, toList()));
    Map<Learner, Outcome> learned = learn(learners);
    List<Written> written =
        wanted.stream().map(pruned -> write(pruned, learned.get(Learner.of(pruned)))).toList();
    Map<Learner, Map<ImageSet, StepCounts>> counts = count(written);
    return written.stream().map(one -> fineTuned(one, counts)).toList();
  }

  private Map<Learner, Outcome> learn(Map<Learner, List<PrunedNetwork>> learners) {
    Map<String, Broadcast<PrunableNetwork>> networks = broadcast(learners);
    long all = learners.values().stream().mapToLong(same -> imagesLearned(same.get(0))).sum();
    ImageJob job =
        new ImageJob("fine-tuning", all, "fine-tuning of %d networks".formatted(learners.size()));
    try {
      Iterator<Outcome> outcomes =
          job.run(spark, count -> learn(learners, networks, count)).iterator();
      return learners.keySet().stream().collect(toMap(one -> one, one -> outcomes.next()));
    } finally {
      networks.values().forEach(Broadcast::destroy);
    }
  }

  private Map<String, Broadcast<PrunableNetwork>> broadcast(
      Map<Learner, List<PrunedNetwork>> learners) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Map<String, Broadcast<PrunableNetwork>> networks = new HashMap<>();
    learners.forEach(
        (learner, same) ->
            networks.computeIfAbsent(
                learner.network(), n -> context.broadcast(same.get(0).plan().prunable())));
    return networks;
  }

  private static long imagesLearned(PrunedNetwork pruned) {
    FineTunePlan plan = pruned.plan().fineTuning().orElseThrow();
    return (long) plan.how().schedule().epochs() * plan.source().set().images();
  }

  /** In the order of the learners, as a union keeps it. */
  private List<Outcome> learn(
      Map<Learner, List<PrunedNetwork>> learners,
      Map<String, Broadcast<PrunableNetwork>> networks,
      ImageCount count) {
    List<JavaRDD<Outcome>> tasks = new ArrayList<>();
    learners.forEach(
        (learner, same) -> {
          FineTunePlan plan = same.get(0).plan().fineTuning().orElseThrow();
          String names = same.stream().map(PrunedNetwork::description).collect(joining("; "));
          FineTuneTask task =
              new FineTuneTask(names, networks.get(learner.network()), learner.kept(), plan.how());
          tasks.add(
              store
                  .blocks(images.get(plan.source().set()))
                  .coalesce(1)
                  .mapPartitions(blocks -> task.tune(blocks, count)));
        });
    return tasks.stream().collect(Union.toOne()).collect();
  }

  /**
   * A network that was written.
   *
   * @param pruned what it was before
   * @param repair with its files, or why there are none
   * @param model as its file has it; empty where there is nothing to measure
   */
  private record Written(PrunedNetwork pruned, Repair repair, Optional<SavedModel> model) {}

  private Written write(PrunedNetwork pruned, Outcome outcome) {
    Repair before = pruned.repair();
    if (outcome.failure() != null) {
      Repair bare = Repair.baseline(before.rule(), before.step().getAsInt());
      return failed(pruned, bare.without(outcome.failure()), outcome.failure());
    }
    Network original = pruned.plan().subject().network();
    Network tuned = new Network(original.graph(), outcome.weights());
    Repair repair =
        new RepairNetwork(files, pruned.plan(), pruned.defence().output())
            .writeFineTuned(before, pruned.kept(), tuned);
    try {
      Network written = repair.file().isEmpty() ? tuned : readBack(pruned, repair, outcome);
      float inputScale = pruned.plan().subject().file().inputScale();
      SavedModel model = new NetworkModels(written, inputScale).whole();
      return new Written(pruned, repair, Optional.of(model));
    } catch (ReadBackRepairs.DamagedRepairException e) {
      return failed(pruned, repair, e.getMessage());
    }
  }

  private static Written failed(PrunedNetwork pruned, Repair repair, String reason) {
    Verification failed = new Verification(0, Optional.of(reason));
    return new Written(pruned, repair.verified(failed), Optional.empty());
  }

  private Network readBack(PrunedNetwork pruned, Repair repair, Outcome outcome) {
    return new ReadBackRepairs(files, pruned.plan(), pruned.defence().output())
        .read(repair.file().get(), outcome.weights());
  }

  private Map<Learner, Map<ImageSet, StepCounts>> count(List<Written> written) {
    Map<String, Map<Learner, Written>> byNetwork = new LinkedHashMap<>();
    written.stream()
        .filter(one -> one.model().isPresent())
        .forEach(
            one ->
                byNetwork
                    .computeIfAbsent(original(one.pruned()), network -> new LinkedHashMap<>())
                    .put(Learner.of(one.pruned()), one));
    Iterator<List<Map<ImageSet, StepCounts>>> counted =
        new CountAnswers(spark, store)
            .execute(byNetwork.values().stream().map(this::answers).toList())
            .iterator();
    Map<Learner, Map<ImageSet, StepCounts>> counts = new HashMap<>();
    for (Map<Learner, Written> learners : byNetwork.values()) {
      Iterator<Map<ImageSet, StepCounts>> next = counted.next().iterator();
      learners.keySet().forEach(learner -> counts.put(learner, next.next()));
    }
    return counts;
  }

  /** Of the networks that one network became. */
  private CountAnswers.Wanted answers(Map<Learner, Written> learners) {
    DefencePlan plan = learners.values().iterator().next().pruned().plan();
    return new CountAnswers.Wanted(
        plan.subject().models().whole(),
        learners.values().stream().map(one -> one.model().orElseThrow()).toList(),
        plan.batches(1).whole(),
        plan.sets().stream().map(images::get).toList());
  }

  private static FineTuned fineTuned(
      Written written, Map<Learner, Map<ImageSet, StepCounts>> counts) {
    if (written.model().isEmpty()) {
      return new FineTuned(written.repair(), Map.of());
    }
    long all = written.pruned().plan().sets().stream().mapToLong(ImageSet::images).sum();
    Verification whole = new Verification(all, Optional.empty());
    return new FineTuned(
        written.repair().verified(whole), counts.get(Learner.of(written.pruned())));
  }
}
