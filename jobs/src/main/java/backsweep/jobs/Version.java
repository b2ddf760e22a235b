package backsweep.jobs;

import backsweep.tensorflow.NativeTensorFlow;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import picocli.CommandLine.IVersionProvider;

/** The versions of this build and of what it runs on; part of every result. */
final class Version implements IVersionProvider {

  private static final String RESOURCE = "/backsweep/build.properties";

  @Override
  public String[] getVersion() {
    return new String[] {"backsweep " + backsweep()};
  }

  /** The version of this build and its commit. */
  static String backsweep() {
    return "%s (%s)".formatted(build("version"), commit());
  }

  /** The commit of this build; "unknown" where it was not built from a repository. */
  private static String commit() {
    String commit = build("commit");
    return commit.startsWith("$") ? "unknown" : commit;
  }

  private static String build(String key) {
    Properties build = new Properties();
    try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
      build.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
    return build.getProperty(key);
  }

  /**
   * Everything besides the inputs that the last bits of a result may depend on: versions,
   * processor, threads and batch size.
   */
  static Map<String, String> provenance(SparkConf conf, int pairsPerBatch) {
    Map<String, String> versions = provenance(conf);
    versions.put("pairs_per_batch", Integer.toString(pairsPerBatch));
    return versions;
  }

  /** Versions, processor and threads. */
  static Map<String, String> provenance(SparkConf conf) {
    Map<String, String> versions = new TreeMap<>();
    versions.put("backsweep", build("version"));
    versions.put("commit", commit());
    versions.put("spark", org.apache.spark.package$.MODULE$.SPARK_VERSION());
    versions.put("tensorflow", NativeTensorFlow.version());
    versions.put("java", Runtime.version().toString());
    versions.put("processor", processor());
    versions.put("master", conf.get("spark.master", ""));
    versions.put("task_cpus", conf.get("spark.task.cpus", "1"));
    return versions;
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }
}
