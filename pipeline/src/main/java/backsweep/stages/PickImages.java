package backsweep.stages;

import static java.util.stream.Collectors.toCollection;

import backsweep.images.ImageBlock;
import backsweep.images.ImageSet;
import backsweep.store.ImageStore;
import backsweep.store.ImportedImages;
import backsweep.store.JobDescription;
import java.io.Serializable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;

/**
 * Fetches a few images of stored sets: the first one and those that follow it at equal distances,
 * whatever they show. A set is read once.
 */
final class PickImages {

  private final SparkSession spark;
  private final ImageStore store;
  private final int count;
  private final Map<ImageSet, List<PickedImage>> picked = new HashMap<>();

  /** So many of each set of an output. */
  PickImages(SparkSession spark, String output, int count) {
    this.spark = spark;
    this.store = new ImageStore(spark, output, 0);
    this.count = count;
  }

  /** The places of so many images of so many; of all where there are no more. */
  static SortedSet<Integer> places(int images, int count) {
    int picked = Math.min(images, count);
    return IntStream.range(0, picked)
        .map(i -> Math.toIntExact((long) i * images / picked))
        .boxed()
        .collect(toCollection(TreeSet::new));
  }

  /** By place; none where the stored blocks are gone, or not what was written. */
  List<PickedImage> execute(ImageSet set) {
    return picked.computeIfAbsent(
        set, wanted -> store.find(wanted).map(this::pick).orElse(List.of()));
  }

  private List<PickedImage> pick(ImportedImages imported) {
    ImageSet set = imported.set();
    SortedSet<Integer> places = places(set.images(), count);
    List<Integer> blocks =
        places.stream().map(place -> place / ImageBlock.IMAGES).distinct().toList();
    Pick pick = new Pick(places);
    List<PickedImage> images =
        JobDescription.during(
            spark,
            "read %d images of %s".formatted(places.size(), set.name()),
            () -> store.blocks(imported, blocks).flatMap(pick::of).collect());
    boolean isWhole =
        images.size() == places.size()
            && images.stream().allMatch(image -> image.pixels().shape().equals(set.shape()));
    return isWhole
        ? images.stream().sorted(Comparator.comparingInt(PickedImage::place)).toList()
        : List.of();
  }

  /** Takes images out of blocks, on an executor. */
  private record Pick(SortedSet<Integer> places) implements Serializable {

    private Iterator<PickedImage> of(ImageBlock block) {
      return IntStream.range(0, block.images())
          .filter(image -> places.contains(block.firstImage() + image))
          .mapToObj(image -> picked(block, image))
          .iterator();
    }

    private static PickedImage picked(ImageBlock block, int image) {
      return new PickedImage(
          block.firstImage() + image,
          block.pixels().slice(image, 1),
          block.label(image),
          block.trueLabels().map(labels -> labels[image]).orElse(null));
    }
  }
}
