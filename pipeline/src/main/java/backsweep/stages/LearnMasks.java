package backsweep.stages;

import backsweep.network.Cut;
import backsweep.network.Graph;
import backsweep.pruning.AdversarialPruning;
import backsweep.stages.ScoreChannels.Scores;
import backsweep.stages.ScoreChannels.Wanted;
import backsweep.store.ImageStore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Learns the masks of adversarial pruning of networks, each in a task of its own. */
final class LearnMasks {

  /** What images may take behind the convolution, of all networks that learn at a time: 1 GiB. */
  private static final long MOST_VALUES = (1L << 30) / Float.BYTES;

  private final SparkSession spark;
  private final ImageStore store;

  /** Learns from images of a store. */
  LearnMasks(SparkSession spark, ImageStore store) {
    this.spark = spark;
    this.store = store;
  }

  /** The masks, in the order in which they are wanted. */
  List<Scores> execute(List<Wanted> wanted) {
    return rounds(wanted).stream().flatMap(round -> learn(round).stream()).toList();
  }

  /** What learns at a time, in order. */
  private static List<List<Wanted>> rounds(List<Wanted> wanted) {
    List<List<Wanted>> rounds = new ArrayList<>();
    long values = MOST_VALUES;
    for (Wanted one : wanted) {
      long held = MaskTask.drawn(how(one), available(one), mostHeld(one)) * behindConvolution(one);
      values += held;
      if (values > MOST_VALUES) {
        rounds.add(new ArrayList<>());
        values = held;
      }
      rounds.get(rounds.size() - 1).add(one);
    }
    return rounds;
  }

  private static AdversarialPruning how(Wanted wanted) {
    return (AdversarialPruning) wanted.criterion();
  }

  private static int available(Wanted wanted) {
    return wanted.validation().set().images();
  }

  /** How many values of an image cross the network behind the convolution. */
  private static long behindConvolution(Wanted wanted) {
    Graph graph = wanted.plan().subject().network().graph();
    Cut cut = Cut.behind(graph, graph.convolutionCalls(wanted.plan().point().convolution()));
    return cut.crossing().stream().mapToLong(node -> graph.node(node).shape().size()).sum();
  }

  private static int mostHeld(Wanted wanted) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, MOST_VALUES / behindConvolution(wanted)));
  }

  private List<Scores> learn(List<Wanted> round) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<MaskTask> tasks =
        round.stream()
            .map(
                one ->
                    new MaskTask(
                        how(one),
                        context.broadcast(one.plan().prunable()),
                        available(one),
                        mostHeld(one)))
            .toList();
    List<MaskTask.Outcome> outcomes;
    try {
      outcomes = job(tasks).run(spark, count -> learn(round, tasks, count));
    } finally {
      tasks.forEach(task -> task.network().destroy());
    }
    return outcomes.stream()
        .map(
            outcome ->
                outcome.failure() == null
                    ? Scores.of(outcome.mask())
                    : new Scores(null, outcome.failure()))
        .toList();
  }

  private static ImageJob job(List<MaskTask> tasks) {
    long images = tasks.stream().mapToLong(MaskTask::imagesLearned).sum();
    int steps = tasks.stream().mapToInt(task -> task.how().iterations()).max().orElseThrow();
    String description =
        "mask of adversarial pruning, %d steps".formatted(steps)
            + (tasks.size() > 1 ? ", of %d networks".formatted(tasks.size()) : "");
    return new ImageJob("mask", images, description);
  }

  /** In the order of the round, as a union keeps it. */
  private List<MaskTask.Outcome> learn(List<Wanted> round, List<MaskTask> tasks, ImageCount count) {
    return IntStream.range(0, tasks.size())
        .mapToObj(
            i ->
                store
                    .blocks(round.get(i).validation())
                    .coalesce(1)
                    .mapPartitions(blocks -> tasks.get(i).learn(blocks, count)))
        .collect(Union.toOne())
        .collect();
  }
}
