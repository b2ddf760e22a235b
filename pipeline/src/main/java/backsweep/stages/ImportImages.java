package backsweep.stages;

import backsweep.images.ImageBlock;
import backsweep.images.ImageFileException;
import backsweep.images.ImageSet;
import backsweep.images.LabelledImages;
import backsweep.store.ImageStore;
import backsweep.store.ImportedImages;
import backsweep.store.MissingBlockException;
import backsweep.store.MissingFileException;
import backsweep.store.SharedFiles;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings files and folders of images into the store as blocks, on the executors; what is there
 * already, by its hash, is not read again, unless its blocks are no longer what was written.
 */
public final class ImportImages {

  /** Blocks of one Parquet file: small enough to spread, large enough to be few. */
  private static final int BLOCKS_PER_FILE = 8;

  private static final Logger LOG = LoggerFactory.getLogger(ImportImages.class);

  private final SparkSession spark;
  private final ImageStore store;

  /** Imports into a store. */
  public ImportImages(SparkSession spark, ImageStore store) {
    this.spark = spark;
    this.store = store;
  }

  /**
   * The images of a source, in the store.
   *
   * @throws ImageFileException if a pixel is not a number in 0..255; nothing is kept then
   */
  public ImportedImages execute(ImageSource source) {
    return execute(List.of(source)).get(0);
  }

  /**
   * The images of several sources, in the store, from which what killed runs left is gone.
   *
   * @throws ImageFileException if one of them is unusable; nothing that this call brought is kept
   *     then
   */
  public List<ImportedImages> execute(List<ImageSource> sources) {
    store.removeUnfinished();
    List<ImageSet> brought = new ArrayList<>();
    try {
      List<ImportedImages> images = new ArrayList<>();
      for (ImageSource source : sources) {
        Optional<ImportedImages> found =
            store.find(source.set()).filter(kept -> isAll(source, kept));
        found.ifPresent(set -> LOG.info("Found {}, imported before", source.set().name()));
        if (found.isEmpty()) {
          brought.add(source.set());
        }
        images.add(found.orElseGet(() -> importBlocks(source)));
      }
      return images;
    } catch (ImageFileException e) {
      brought.forEach(store::remove);
      throw e;
    }
  }

  /** Blocks that were imported before true labels were kept are imported again. */
  private static boolean isAll(ImageSource source, ImportedImages kept) {
    return kept.hasTrueLabels() == source.hasTrueLabels();
  }

  private ImportedImages importBlocks(ImageSource source) {
    ImageSet set = source.set();
    LOG.info("Importing {}: {} images from {}", set.name(), set.images(), source.path());
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    // A folder may have a million names: they go to every executor once, not with every task.
    BlockReader reader = new BlockReader(context.broadcast(source), configuration());
    List<Integer> indices = IntStream.range(0, set.blocks()).boxed().toList();
    int files = (set.blocks() + BLOCKS_PER_FILE - 1) / BLOCKS_PER_FILE;
    JavaRDD<Integer> blocks = context.parallelize(indices, files);
    try {
      return job(set)
          .run(spark, count -> store.put(set, count.of(blocks.mapPartitions(reader::read))));
    } catch (MissingBlockException e) {
      explain(source, e.block());
      throw e;
    }
  }

  private SerializableConfiguration configuration() {
    return new SerializableConfiguration(spark.sessionState().newHadoopConf());
  }

  private static ImageJob job(ImageSet set) {
    String stage = "import " + set.name();
    return new ImageJob(stage, set.images(), "%s, %d images".formatted(stage, set.images()));
  }

  /** Says what is wrong with images of which tasks could not read a block, by reading again. */
  private void explain(ImageSource source, int block) {
    if (source.kind() instanceof SourceKind.Folder folder) {
      new DecodePictures(spark, source, folder).execute();
    } else {
      source
          .kind()
          .read(
              new SharedFiles(spark.sessionState().newHadoopConf()),
              source.path(),
              images -> images.block(block));
    }
  }

  /** Reads blocks of one source on an executor. */
  private record BlockReader(Broadcast<ImageSource> source, SerializableConfiguration configuration)
      implements Serializable {

    private Iterator<ImageBlock> read(Iterator<Integer> indices) {
      ImageSource read = source.value();
      LabelledImages images = read.kind().open(configuration.value(), read.path());
      TaskContext.get()
          .addTaskCompletionListener((TaskCompletionListener) context -> images.close());
      return readable(images, indices);
    }

    /**
     * The blocks up to the first that cannot be read. A task that fails is tried again and again,
     * with a trace each time; the driver sees that a block is missing and says why, once.
     */
    private static Iterator<ImageBlock> readable(LabelledImages images, Iterator<Integer> indices) {
      Spliterator<Integer> inOrder =
          Spliterators.spliteratorUnknownSize(indices, Spliterator.ORDERED);
      return StreamSupport.stream(inOrder, false)
          .map(index -> read(images, index))
          .takeWhile(Optional::isPresent)
          .map(Optional::get)
          .iterator();
    }

    private static Optional<ImageBlock> read(LabelledImages images, int index) {
      try {
        return Optional.of(images.block(index));
      } catch (ImageFileException | MissingFileException e) {
        LOG.debug("Cannot read a block", e);
        return Optional.empty();
      }
    }
  }
}
