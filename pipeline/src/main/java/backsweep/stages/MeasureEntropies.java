package backsweep.stages;

import backsweep.evaluation.Entropies;
import backsweep.images.ImageBlock;
import backsweep.images.ImageSet;
import backsweep.images.Pixels;
import backsweep.images.Role;
import backsweep.inference.WholePredictor;
import backsweep.store.ImageStore;
import backsweep.store.ImportedImages;
import backsweep.tensorflow.SavedModel;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures the entropies that {@link Strip} goes by. What TensorFlow answers at once are blends of
 * one image, so that no partition has a say in them.
 */
final class MeasureEntropies {

  private static final Logger LOG = LoggerFactory.getLogger(MeasureEntropies.class);

  private final SparkSession spark;
  private final ImageStore store;

  /** Measures images of a store. */
  MeasureEntropies(SparkSession spark, ImageStore store) {
    this.spark = spark;
    this.store = store;
  }

  /**
   * Entropies that are wanted.
   *
   * @param whole the network
   * @param blendsPerBatch the most blends that go through the network at a time
   * @param validation the clean validation set, whose images are blended with others
   * @param sets those measured
   */
  record Wanted(
      SavedModel whole, int blendsPerBatch, ImportedImages validation, List<ImportedImages> sets) {}

  /**
   * The entropies of the networks' answers, in bits, by the places of the images in their sets, in
   * the order in which they are wanted.
   */
  List<Map<ImageSet, SortedMap<Integer, Double>>> execute(Strip how, List<Wanted> wanted) {
    if (wanted.isEmpty()) {
      return List.of();
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Map<ImportedImages, Broadcast<Overlays>> overlays = new HashMap<>();
    List<Blender> blenders = new ArrayList<>();
    try {
      for (Wanted one : wanted) {
        Broadcast<Overlays> above =
            overlays.computeIfAbsent(
                one.validation(), images -> context.broadcast(overlays(how, images)));
        blenders.add(new Blender(context.broadcast(one.whole()), above, one.blendsPerBatch()));
      }
      return measure(wanted.stream().map(one -> drawn(how, one)).toList(), blenders, how);
    } finally {
      blenders.forEach(blender -> blender.model().destroy());
      overlays.values().forEach(Broadcast::destroy);
    }
  }

  private static List<Drawn> drawn(Strip how, Wanted wanted) {
    return wanted.sets().stream()
        .map(images -> new Drawn(images, how.measured(images.set(), wanted.validation().set())))
        .toList();
  }

  private List<Map<ImageSet, SortedMap<Integer, Double>>> measure(
      List<List<Drawn>> drawn, List<Blender> blenders, Strip how) {
    List<Measured> all = job(how, drawn).run(spark, count -> measure(drawn, blenders, count));
    return IntStream.range(0, drawn.size())
        .mapToObj(
            place ->
                drawn.get(place).stream()
                    .collect(Collectors.toMap(Drawn::set, one -> one.of(all, place))))
        .toList();
  }

  /**
   * Images that are measured.
   *
   * @param images of the whole set
   * @param places of those measured, sorted
   */
  @SuppressWarnings("ArrayRecordComponent") // made once for one reader, never compared
  private record Drawn(ImportedImages images, int[] places) {

    private ImageSet set() {
      return images.set();
    }

    private SortedMap<Integer, Double> of(List<Measured> all, int network) {
      SortedMap<Integer, Double> entropies = new TreeMap<>();
      all.stream()
          .filter(measured -> measured.network() == network && measured.set().equals(set()))
          .forEach(measured -> entropies.put(measured.image(), measured.entropy()));
      if (entropies.size() != places.length) {
        throw new IllegalStateException(
            "%s: expected entropies of %d images, found %d"
                .formatted(set().name(), places.length, entropies.size()));
      }
      return entropies;
    }
  }

  private Overlays overlays(Strip how, ImportedImages validation) {
    if (validation.set().role() != Role.CLEAN_VALIDATION) {
      throw new IllegalArgumentException(
          "images are blended with clean validation images only, found " + validation.set());
    }
    int[] drawn = how.drawnOverlays(validation.set());
    LOG.info("Drawing {} of {} clean validation images", drawn.length, validation.set().images());
    ImageJob job =
        new ImageJob(
            "overlays",
            validation.set().images(),
            "%d images to blend others with".formatted(drawn.length));
    Map<Integer, Pixels> found =
        job
            .run(
                spark,
                count ->
                    count
                        .of(store.blocks(validation))
                        .mapPartitions(blocks -> Overlays.find(blocks, drawn))
                        .collect())
            .stream()
            .collect(Collectors.toMap(Overlays.Placed::place, Overlays.Placed::pixels));
    return new Overlays(Arrays.stream(drawn).mapToObj(found::get).toList(), how.alpha());
  }

  private static ImageJob job(Strip how, List<List<Drawn>> drawn) {
    long images = drawn.stream().flatMap(List::stream).mapToLong(one -> one.places().length).sum();
    String description =
        "entropy of answers on %d blends of each of %d images".formatted(how.overlays(), images)
            + (drawn.size() > 1 ? ", of %d networks".formatted(drawn.size()) : "");
    return new ImageJob(Strip.LABEL, images, description);
  }

  private List<Measured> measure(
      List<List<Drawn>> drawn, List<Blender> blenders, ImageCount count) {
    List<JavaRDD<Measured>> measured = new ArrayList<>();
    for (int network = 0; network < drawn.size(); network++) {
      for (Drawn one : drawn.get(network)) {
        SetTask task = new SetTask(network, blenders.get(network), one.set(), one.places(), count);
        measured.add(store.blocks(one.images()).mapPartitions(task::measure));
      }
    }
    return measured.stream().collect(Union.toOne()).collect();
  }

  /**
   * What a task measured.
   *
   * @param network by its place among those that are wanted
   */
  private record Measured(int network, ImageSet set, int image, double entropy)
      implements Serializable {}

  /** What the tasks of a network have in common. */
  private record Blender(
      Broadcast<SavedModel> model, Broadcast<Overlays> overlays, int blendsPerBatch)
      implements Serializable {}

  /**
   * The work on the blocks of one set.
   *
   * @param network by its place among those that are wanted
   * @param places of the images that are measured, sorted
   * @param count of those that are done
   */
  @SuppressWarnings("ArrayRecordComponent") // made once for one reader, never compared
  private record SetTask(int network, Blender blender, ImageSet set, int[] places, ImageCount count)
      implements Serializable {

    private Iterator<Measured> measure(Iterator<ImageBlock> blocks) {
      Overlays.Decoded overlays = blender.overlays().value().decoded();
      List<Measured> measured = new ArrayList<>();
      try (WholePredictor predictor =
          new WholePredictor(blender.model().value(), ExecutorThreads.here())) {
        while (blocks.hasNext()) {
          ImageBlock block = blocks.next();
          for (int row = 0; row < block.images(); row++) {
            int image = block.firstImage() + row;
            if (Arrays.binarySearch(places, image) >= 0) {
              double entropy = mean(predictor, overlays.with(block.pixels(), row, most()));
              measured.add(new Measured(network, set, image, entropy));
              count.done().add(1);
            }
          }
        }
      }
      return measured.iterator();
    }

    private int most() {
      return blender.blendsPerBatch();
    }

    private static double mean(WholePredictor predictor, List<Overlays.Blends> blends) {
      return blends.stream()
          .flatMap(some -> Arrays.stream(predictor.probabilities(some)))
          .mapToDouble(Entropies::of)
          .average()
          .orElseThrow();
    }
  }
}
