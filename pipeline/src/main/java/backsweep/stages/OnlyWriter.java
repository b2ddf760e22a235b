package backsweep.stages;

import backsweep.store.OutputInUseException;
import backsweep.store.OutputLock;
import backsweep.store.ResultStore;
import backsweep.store.SharedFiles;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;

/**
 * Work that is the only one that writes to an output. An output that is made for it and has nothing
 * in it when the work fails is gone again.
 */
final class OnlyWriter {

  private final SparkSession spark;
  private final SharedFiles files;
  private final String output;

  OnlyWriter(SparkSession spark, String output) {
    this.spark = spark;
    this.files = new SharedFiles(spark.sessionState().newHadoopConf());
    this.output = output;
  }

  /**
   * Does some work.
   *
   * @param purpose that others read who find the output in use
   * @throws OutputInUseException if another run writes to the output
   */
  <T> T during(String purpose, Function<OutputLock, T> work) {
    boolean isNew = !files.exists(output);
    files.requireWritable(output);
    try (OutputLock lock =
        OutputLock.acquire(spark.sessionState().newHadoopConf(), output, purpose)) {
      new ResultStore(spark, output).removeUnfinished();
      files.removeUnfinished(output);
      return work.apply(lock);
    } finally {
      files.deleteEmpty(output + "/images");
      if (isNew) {
        files.deleteEmpty(output);
      }
    }
  }
}
