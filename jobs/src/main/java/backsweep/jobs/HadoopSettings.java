package backsweep.jobs;

import backsweep.store.SharedFiles;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;

/** Hadoop's settings for commands that need no cluster: those that Spark would give a session. */
final class HadoopSettings {

  private static final String PREFIX = "spark.hadoop.";

  private HadoopSettings() {}

  /** The settings. */
  static Configuration read() {
    Configuration hadoop = new Configuration();
    for (scala.Tuple2<String, String> setting : new SparkConf().getAllWithPrefix(PREFIX)) {
      hadoop.set(setting._1(), setting._2());
    }
    return hadoop;
  }

  /** Files on any Hadoop path, without a Spark session. */
  static SharedFiles files() {
    return new SharedFiles(read());
  }
}
