package backsweep.store;

import backsweep.images.ImageSet;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * A folder of blocks and its manifest. Files are hashed on the executors; no task fails because of
 * a damaged file.
 */
final class BlockFolder {

  /** What Spark leaves beside the files that it writes. */
  private static final String FINISHED = "_SUCCESS";

  private static final int TASKS_PER_CORE = 2;

  private final SparkSession spark;
  private final SharedFiles files;
  private final String path;

  BlockFolder(SparkSession spark, SharedFiles files, String path) {
    this.spark = spark;
    this.files = files;
    this.path = path;
  }

  /** The files with blocks, with their hashes. */
  List<BlockFile> hash(ImageSet set) {
    List<String> names = files.list(path).stream().filter(BlockFile::isName).toList();
    FileReader reader = new FileReader(configuration(), path);
    return described(
        "hash", set, names.size(), () -> distributed(names).map(reader::read).collect());
  }

  /**
   * The manifest of a folder that is as it was written.
   *
   * @throws DamagedBlocksException if a file was deleted, altered or added, or the manifest is none
   */
  ImageManifest check(ImageSet set) {
    ImageManifest manifest = manifest();
    if (manifest.images() != set.images() || manifest.blocks() != set.blocks()) {
      throw damaged(
          ImageManifest.NAME,
          "%d images in %d blocks".formatted(set.images(), set.blocks()),
          "%d in %d".formatted(manifest.images(), manifest.blocks()));
    }
    checkNames(manifest);
    FileReader reader = new FileReader(configuration(), path);
    described(
            "check",
            set,
            manifest.files().size(),
            () ->
                distributed(manifest.files())
                    .map(reader::damage)
                    .filter(Objects::nonNull)
                    .collect())
        .stream()
        .findFirst()
        .ifPresent(
            damage -> {
              throw new DamagedBlocksException(damage);
            });
    return manifest;
  }

  private ImageManifest manifest() {
    String manifest = path + "/" + ImageManifest.NAME;
    try {
      return ImageManifest.parse(files.read(manifest))
          .orElseThrow(() -> damaged(ImageManifest.NAME, "a manifest with hashes", "another text"));
    } catch (MissingFileException e) {
      throw new DamagedBlocksException(e.getMessage());
    }
  }

  /** That all files are there and no others: Spark would read them too. */
  private void checkNames(ImageManifest manifest) {
    Set<String> expected =
        manifest.files().stream()
            .map(BlockFile::name)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> found = new TreeSet<>(files.list(path));
    found.removeIf(name -> name.startsWith("."));
    found.removeAll(Set.of(ImageManifest.NAME, FINISHED));
    if (expected.isEmpty() || expected.size() < manifest.files().size()) {
      throw damaged(ImageManifest.NAME, "every file of blocks, once", manifest.files().toString());
    }
    for (String name : expected) {
      if (!found.remove(name)) {
        throw damaged(name, "a file", "none");
      }
    }
    for (String name : found) {
      throw damaged(name, "nothing of this name", "something");
    }
  }

  private DamagedBlocksException damaged(String name, String expected, String found) {
    return new DamagedBlocksException(message(path, name, expected, found));
  }

  private static String message(String folder, String name, Object expected, Object found) {
    return "%s/%s: expected %s, found %s".formatted(folder, name, expected, found);
  }

  private SerializableConfiguration configuration() {
    return new SerializableConfiguration(spark.sessionState().newHadoopConf());
  }

  private <T> List<T> described(String verb, ImageSet set, int number, Supplier<List<T>> work) {
    String description = "%s the stored blocks of %s, %d files".formatted(verb, set.name(), number);
    return JobDescription.during(spark, description, work);
  }

  private <T> JavaRDD<T> distributed(List<T> items) {
    int tasks = TASKS_PER_CORE * spark.sparkContext().defaultParallelism();
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(new ArrayList<>(items), Math.max(1, Math.min(tasks, items.size())));
  }

  /** A folder is not what was written. */
  static final class DamagedBlocksException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private DamagedBlocksException(String message) {
      super(message);
    }
  }

  /** Reads files on an executor. */
  private record FileReader(SerializableConfiguration configuration, String folder)
      implements Serializable {

    private BlockFile read(String name) throws IOException {
      return BlockFile.read(configuration.value(), folder, name);
    }

    /** What is wrong with a file; null where nothing is. */
    private String damage(BlockFile expected) throws IOException {
      try {
        BlockFile found = read(expected.name());
        return found.equals(expected) ? null : message(folder, expected.name(), expected, found);
      } catch (FileNotFoundException | ChecksumException e) {
        return message(folder, expected.name(), expected, "a file that cannot be read: " + e);
      }
    }
  }
}
