package backsweep.store;

import static org.apache.spark.sql.functions.col;

import backsweep.images.ImageBlock;
import backsweep.images.ImageSet;
import backsweep.images.ImageShape;
import backsweep.store.BlockFolder.DamagedBlocksException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blocks of images under an output, {@code images/<sha256 of the file>/}: imported once, read by
 * every network. A folder counts if it has a manifest, which is written last, and its files have
 * the hashes that stand there; a store looks once.
 */
public final class ImageStore {

  private static final Logger LOG = LoggerFactory.getLogger(ImageStore.class);
  private static final String UNFINISHED = "unfinished-";

  private final SparkSession spark;
  private final SharedFiles files;
  private final String images;

  /** The manifests of folders that this store wrote or checked, by the hash of the file. */
  private final Map<String, ImageManifest> whole = new HashMap<>();

  /**
   * The images under an output directory.
   *
   * @param partitions into how many partitions a set is read, as far as it has blocks; 0 for at
   *     least as many as there are cores
   */
  public ImageStore(SparkSession spark, String output, int partitions) {
    this.spark = spark.newSession();
    if (partitions > 0) {
      // Spark divides files by size: of all bytes by so many, between row groups, one a block.
      this.spark.conf().set("spark.sql.files.minPartitionNum", partitions);
      this.spark.conf().set("spark.sql.files.openCostInBytes", "0");
      this.spark.conf().set("spark.sql.files.maxPartitionBytes", Long.toString(Long.MAX_VALUE));
    }
    this.files = new SharedFiles(spark.sessionState().newHadoopConf());
    this.images = output + "/images/";
  }

  /**
   * The set's blocks, if a file with its hash has been imported and nothing has changed since;
   * otherwise a warning says what has.
   */
  public Optional<ImportedImages> find(ImageSet set) {
    if (!whole.containsKey(set.sha256()) && !files.exists(folder(set))) {
      return Optional.empty();
    }
    try {
      ImageManifest manifest =
          whole.computeIfAbsent(
              set.sha256(), hash -> new BlockFolder(spark, files, folder(set)).check(set));
      return Optional.of(imported(set, manifest));
    } catch (DamagedBlocksException e) {
      LOG.warn("The stored blocks of {} are not what was written: {}", set.name(), e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Keeps the blocks of a set, in the place of those that are there. If one of them cannot be
   * computed, nothing is left behind.
   *
   * @throws MissingBlockException if a block of the set is not among them
   * @throws IllegalStateException if there are others
   */
  public ImportedImages put(ImageSet set, JavaRDD<ImageBlock> blocks) {
    remove(set);
    String unfinished = images + UNFINISHED + UUID.randomUUID();
    try {
      Dataset<Row> rows = spark.createDataFrame(blocks.map(BlockTable::toRow), BlockTable.SCHEMA);
      ParquetFolder.write(
          rows.write().options(rowGroupABlock(set.shape())), unfinished, folder(set));
      List<Row> hashes = hashes(set, unfinished);
      ImageManifest manifest =
          new ImageManifest(
              set.images(),
              set.blocks(),
              Sha256.of(hashes.stream().map(row -> row.getString(1)).toList()),
              new BlockFolder(spark, files, unfinished).hash(set),
              hashes.stream().anyMatch(row -> row.getBoolean(2)) ? true : null);
      publish(set, unfinished, manifest);
      return imported(set, manifest);
    } finally {
      files.delete(unfinished);
    }
  }

  private static ImportedImages imported(ImageSet set, ImageManifest manifest) {
    return new ImportedImages(set, manifest.contentSha256(), manifest.hasTrueLabels());
  }

  /** The manifest comes last: where a folder is renamed file by file, it may come in parts. */
  private void publish(ImageSet set, String unfinished, ImageManifest manifest) {
    try {
      files.rename(unfinished, folder(set));
      files.write(folder(set) + "/" + ImageManifest.NAME, manifest.json());
      whole.put(set.sha256(), manifest);
    } catch (RuntimeException e) {
      remove(set);
      throw e;
    }
  }

  /** Deletes what runs left that were killed while they imported. */
  public void removeUnfinished() {
    for (String name : files.list(images)) {
      if (name.startsWith(UNFINISHED)) {
        LOG.info("Removing {}{}, which a run left that did not end", images, name);
        files.delete(images + name);
      }
    }
  }

  /**
   * Makes every block a row group of its own: a reader holds one at a time, and a file can be
   * divided between any two. The size is between that of a block of bytes and one of floats.
   */
  private static Map<String, String> rowGroupABlock(ImageShape shape) {
    long size = 2L * ImageBlock.IMAGES * shape.values();
    return Map.of(
        "parquet.block.size", Long.toString(size),
        "parquet.page.size.row.check.min", "1",
        "parquet.page.size.row.check.max", "1",
        "parquet.enable.dictionary", "false");
  }

  /** Of every block its number, its hash and whether it has true labels. */
  private List<Row> hashes(ImageSet set, String folder) {
    List<Row> hashes =
        table(folder)
            .select(col("block"), col("sha256"), col(BlockTable.TRUE_LABELS).isNotNull())
            .orderBy("block")
            .collectAsList();
    for (int block = 0; block < hashes.size(); block++) {
      if (hashes.get(block).getInt(0) != block) {
        throw new MissingBlockException(set, block);
      }
    }
    if (hashes.size() < set.blocks()) {
      throw new MissingBlockException(set, hashes.size());
    }
    if (hashes.size() > set.blocks()) {
      throw new IllegalStateException(
          "%s: expected %d blocks, found %d".formatted(set, set.blocks(), hashes.size()));
    }
    return hashes;
  }

  /** Forgets a set. */
  public void remove(ImageSet set) {
    whole.remove(set.sha256());
    files.delete(folder(set));
  }

  /** The blocks of a set, in no particular order. */
  public JavaRDD<ImageBlock> blocks(ImportedImages imported) {
    return table(folder(imported.set())).toJavaRDD().map(BlockTable::fromRow);
  }

  /** One block of a set. */
  public JavaRDD<ImageBlock> block(ImportedImages imported, int index) {
    Dataset<Row> one = table(folder(imported.set())).where("block = " + index);
    return one.toJavaRDD().map(BlockTable::fromRow);
  }

  /** Some blocks of a set, in no particular order. */
  public JavaRDD<ImageBlock> blocks(ImportedImages imported, Collection<Integer> indices) {
    Dataset<Row> some = table(folder(imported.set())).where(col("block").isin(indices.toArray()));
    return some.toJavaRDD().map(BlockTable::fromRow);
  }

  private Dataset<Row> table(String folder) {
    return spark.read().schema(BlockTable.SCHEMA).parquet(folder);
  }

  private String folder(ImageSet set) {
    return images + set.sha256();
  }
}
