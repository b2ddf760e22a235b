package backsweep.stages;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import backsweep.images.ImageBlock;
import backsweep.images.ImageSet;
import backsweep.images.Role;
import backsweep.pruning.CurveCounts;
import backsweep.pruning.PruningCurve;
import backsweep.pruning.PruningOrder;
import backsweep.store.ImageStore;
import backsweep.store.ImportedImages;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates every pruning step of networks on image sets in one Spark job: a network's prefix once
 * an image, its suffix once for every step that can change the image's answer. Blocks are read once
 * for a few networks.
 */
public final class TracePruningCurves {

  private static final Logger LOG = LoggerFactory.getLogger(TracePruningCurves.class);

  private final SparkSession spark;
  private final ImageStore store;

  /** Traces on the images of a store. */
  TracePruningCurves(SparkSession spark, ImageStore store) {
    this.spark = spark;
    this.store = store;
  }

  /**
   * A curve that is wanted.
   *
   * @param models of which network
   * @param images of which set
   * @param order in which channels are pruned
   */
  record Wanted(CutModels models, ImportedImages images, PruningOrder order) {}

  /** The curves, in the order in which they are wanted. */
  List<PruningCurve> execute(List<Wanted> wanted) {
    CurveCounts[] sums =
        wanted.stream()
            .map(one -> CurveCounts.none(one.order().lastStep()))
            .toArray(CurveCounts[]::new);
    List<Group> groups = groups(wanted);
    try {
      for (Part part : job(wanted).run(spark, count -> trace(groups, count))) {
        sums[part.curve()] = sums[part.curve()].merge(part.counts());
      }
    } finally {
      groups.forEach(group -> group.networks().destroy());
    }
    return IntStream.range(0, wanted.size()).mapToObj(i -> curve(wanted.get(i), sums[i])).toList();
  }

  private List<Group> groups(List<Wanted> wanted) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Map<CutModels, List<Integer>> byNetwork =
        IntStream.range(0, wanted.size())
            .boxed()
            .collect(groupingBy(i -> wanted.get(i).models(), LinkedHashMap::new, toList()));
    List<Curves> networks = new ArrayList<>();
    byNetwork.forEach((models, curves) -> networks.add(Curves.of(models, curves, wanted)));
    return NetworkGroups.of(networks).stream()
        .map(group -> new Group(sets(group, wanted), context.broadcast(group)))
        .toList();
  }

  private static List<ImportedImages> sets(List<Curves> group, List<Wanted> wanted) {
    return group.stream()
        .flatMap(network -> network.curves().stream())
        .map(curve -> wanted.get(curve).images())
        .distinct()
        .toList();
  }

  private static ImageJob job(List<Wanted> wanted) {
    record Pass(CutModels models, ImportedImages images) {}
    List<Pass> passes =
        wanted.stream().map(one -> new Pass(one.models(), one.images())).distinct().toList();
    long networks = passes.stream().map(Pass::models).distinct().count();
    long sets = passes.stream().map(Pass::images).distinct().count();
    int steps = wanted.stream().mapToInt(one -> one.order().lastStep() + 1).max().orElseThrow();
    long orders = wanted.stream().map(Wanted::order).distinct().count();
    String description =
        "pruning curves, %d steps on %d image sets".formatted(steps, sets)
            + (orders > 1 ? ", in %d orders".formatted(orders) : "")
            + (networks > 1 ? ", of %d networks".formatted(networks) : "");
    long images = passes.stream().mapToLong(pass -> pass.images().set().images()).sum();
    return new ImageJob("curves", images, description);
  }

  private List<Part> trace(List<Group> groups, ImageCount count) {
    List<JavaRDD<Part>> parts = new ArrayList<>();
    for (Group group : groups) {
      for (ImportedImages images : group.sets()) {
        SetTask task = new SetTask(group.networks(), images.set());
        parts.add(count.of(store.blocks(images), task.passes()).mapPartitions(task::trace));
      }
    }
    return parts.stream().collect(Union.toOne()).collect();
  }

  private static PruningCurve curve(Wanted wanted, CurveCounts counts) {
    ImageSet set = wanted.images().set();
    set.requireAll(counts.images());
    LOG.info(
        "{}: {} images, {} of {} steps computed for each on average",
        set.name(),
        counts.images(),
        "%.1f".formatted((double) counts.pairs() / counts.images()),
        wanted.order().lastStep() + 1);
    return new PruningCurve(set, wanted.order(), counts.steps());
  }

  /**
   * What a task counted.
   *
   * @param curve by its place among those that are wanted
   */
  private record Part(int curve, CurveCounts counts) implements Serializable {}

  /**
   * The curves of one network.
   *
   * @param curves by their places among those that are wanted
   * @param sets of each
   * @param orders of each
   */
  private record Curves(
      CutModels models, List<Integer> curves, List<ImageSet> sets, List<PruningOrder> orders)
      implements Serializable {

    private static Curves of(CutModels models, List<Integer> curves, List<Wanted> wanted) {
      return new Curves(
          models,
          List.copyOf(curves),
          curves.stream().map(curve -> wanted.get(curve).images().set()).toList(),
          curves.stream().map(curve -> wanted.get(curve).order()).toList());
    }

    /** Which of the curves are on a set, by their places here. */
    private int[] on(ImageSet set) {
      return IntStream.range(0, sets.size()).filter(i -> sets.get(i).equals(set)).toArray();
    }
  }

  /**
   * Networks that see images side by side.
   *
   * @param sets of all their curves
   */
  private record Group(List<ImportedImages> sets, Broadcast<List<Curves>> networks) {}

  /** The work on the blocks of one set. */
  private record SetTask(Broadcast<List<Curves>> networks, ImageSet set) implements Serializable {

    private int passes() {
      return (int) networks.value().stream().filter(one -> one.on(set).length > 0).count();
    }

    private Iterator<Part> trace(Iterator<ImageBlock> blocks) {
      List<Integer> curves = new ArrayList<>();
      List<CurvePass> passes = new ArrayList<>();
      try {
        for (Curves network : networks.value()) {
          open(network, curves).ifPresent(passes::add);
        }
        blocks.forEachRemaining(block -> passes.forEach(pass -> pass.add(block)));
        Iterator<Integer> next = curves.iterator();
        return passes.stream()
            .flatMap(pass -> pass.counts().stream())
            .map(counts -> new Part(next.next(), counts))
            .toList()
            .iterator();
      } finally {
        passes.forEach(CurvePass::close);
      }
    }

    private Optional<CurvePass> open(Curves network, List<Integer> curves) {
      int[] here = network.on(set);
      Arrays.stream(here).forEach(i -> curves.add(network.curves().get(i)));
      boolean isPoisoned = set.role() == Role.POISONED;
      List<PruningOrder> orders = Arrays.stream(here).mapToObj(network.orders()::get).toList();
      return orders.isEmpty()
          ? Optional.empty()
          : Optional.of(new CurvePass(network.models(), orders, isPoisoned));
    }
  }
}
