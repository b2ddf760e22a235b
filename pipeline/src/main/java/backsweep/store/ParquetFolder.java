package backsweep.store;

import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Row;

/** Folders as Spark writes them, with the failures of storage said as everywhere. */
final class ParquetFolder {

  private ParquetFolder() {}

  /**
   * Writes a folder.
   *
   * @param name what a person knows it by
   * @throws StorageException if storage is full; what Spark throws of it has the reason among its
   *     causes
   */
  static void write(DataFrameWriter<Row> writer, String folder, String name) {
    writing(name, () -> writer.parquet(folder));
  }

  /**
   * Lets Spark write something.
   *
   * @param name what a person knows it by
   * @throws StorageException if storage is full
   */
  static void writing(String name, Runnable write) {
    try {
      write.run();
    } catch (Throwable e) {
      StorageException.ofFull(name, e)
          .ifPresent(
              full -> {
                throw full;
              });
      throw e;
    }
  }
}
