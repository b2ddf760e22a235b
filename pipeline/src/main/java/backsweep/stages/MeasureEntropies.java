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
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
  private final int blendsPerBatch;

  /**
   * Measures images of a store.
   *
   * @param blendsPerBatch the most blends that go through the network at a time
   */
  MeasureEntropies(SparkSession spark, ImageStore store, int blendsPerBatch) {
    this.spark = spark;
    this.store = store;
    this.blendsPerBatch = blendsPerBatch;
  }

  /**
   * The entropies of a network's answers, in bits, by the places of the images in their sets.
   *
   * @param whole the network
   * @param validation the clean validation set, whose images are blended with others
   * @param sets those measured
   */
  Map<ImageSet, SortedMap<Integer, Double>> execute(
      SavedModel whole, Strip how, ImportedImages validation, List<ImportedImages> sets) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<Wanted> wanted =
        sets.stream()
            .map(images -> new Wanted(images, how.measured(images.set(), validation.set())))
            .toList();
    Broadcast<SavedModel> model = context.broadcast(whole);
    Broadcast<Overlays> overlays = context.broadcast(overlays(how, validation));
    Blender blender = new Blender(model, overlays, blendsPerBatch);
    List<Measured> all;
    try {
      all = job(how, wanted).run(spark, count -> measure(blender, wanted, count));
    } finally {
      model.destroy();
      overlays.destroy();
    }
    return wanted.stream().collect(Collectors.toMap(Wanted::set, one -> one.of(all)));
  }

  /**
   * Images that are measured.
   *
   * @param images of the whole set
   * @param places of those measured, sorted
   */
  @SuppressWarnings("ArrayRecordComponent") // made once for one reader, never compared
  private record Wanted(ImportedImages images, int[] places) {

    private ImageSet set() {
      return images.set();
    }

    private SortedMap<Integer, Double> of(List<Measured> all) {
      SortedMap<Integer, Double> entropies = new TreeMap<>();
      all.stream()
          .filter(measured -> measured.set().equals(set()))
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

  private static ImageJob job(Strip how, List<Wanted> wanted) {
    long images = wanted.stream().mapToLong(one -> one.places().length).sum();
    return new ImageJob(
        Strip.LABEL,
        images,
        "entropy of answers on %d blends of each of %d images".formatted(how.overlays(), images));
  }

  private List<Measured> measure(Blender blender, List<Wanted> wanted, ImageCount count) {
    List<JavaRDD<Measured>> measured = new ArrayList<>();
    for (Wanted one : wanted) {
      SetTask task = new SetTask(blender, one.set(), one.places(), count);
      measured.add(store.blocks(one.images()).mapPartitions(task::measure));
    }
    return measured.stream().reduce(JavaRDD::union).orElseThrow().collect();
  }

  private record Measured(ImageSet set, int image, double entropy) implements Serializable {}

  /** What all tasks have in common. */
  private record Blender(
      Broadcast<SavedModel> model, Broadcast<Overlays> overlays, int blendsPerBatch)
      implements Serializable {}

  /**
   * The work on the blocks of one set.
   *
   * @param places of the images that are measured, sorted
   * @param count of those that are done
   */
  @SuppressWarnings("ArrayRecordComponent") // made once for one reader, never compared
  private record SetTask(Blender blender, ImageSet set, int[] places, ImageCount count)
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
              measured.add(new Measured(set, image, entropy));
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
