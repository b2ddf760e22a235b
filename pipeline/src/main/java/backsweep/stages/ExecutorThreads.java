package backsweep.stages;

import backsweep.inference.Threads;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;

/**
 * How many tasks a JVM of Spark runs at once, and how many threads each has ({@code
 * spark.task.cpus}).
 *
 * <p>Tasks ask for it where they run: an executor of a standalone cluster takes all cores of its
 * worker unless {@code spark.executor.cores} says otherwise, and the driver cannot know how many
 * those are. Too few threads would make tasks wait for each other; too many only idle.
 */
final class ExecutorThreads {

  private static final Pattern LOCAL = Pattern.compile("local(?:\\[(\\d+|\\*)(?:,\\d+)?])?");
  private static final Pattern LOCAL_CLUSTER = Pattern.compile("local-cluster\\[\\d+,(\\d+),\\d+]");
  private static final Pattern ONE_CORE_BY_DEFAULT = Pattern.compile("yarn|k8s://.*");

  private ExecutorThreads() {}

  /** The threads of this JVM, which runs a task or the driver. */
  static Threads here() {
    return of(SparkEnv.get().conf());
  }

  /** The threads that a configuration gives an executor on a machine like this one. */
  static Threads of(SparkConf conf) {
    return of(conf, Runtime.getRuntime().availableProcessors());
  }

  /**
   * The threads that a configuration gives an executor.
   *
   * @param processors of its machine, or those that its container may use
   */
  static Threads of(SparkConf conf, int processors) {
    int perTask = conf.getInt("spark.task.cpus", 1);
    return new Threads(Math.max(1, cores(conf, processors) / perTask), perTask);
  }

  private static int cores(SparkConf conf, int processors) {
    String master = conf.get("spark.master", "local").replace(" ", "");
    Matcher local = LOCAL.matcher(master);
    if (local.matches()) {
      return localCores(local.group(1), processors);
    }
    return conf.getInt("spark.executor.cores", coresByDefault(master, processors));
  }

  private static int localCores(String cores, int processors) {
    if (cores == null) {
      return 1;
    }
    return cores.equals("*") ? processors : Integer.parseInt(cores);
  }

  private static int coresByDefault(String master, int processors) {
    Matcher cluster = LOCAL_CLUSTER.matcher(master);
    if (cluster.matches()) {
      return Integer.parseInt(cluster.group(1));
    }
    return ONE_CORE_BY_DEFAULT.matcher(master).matches() ? 1 : processors;
  }
}
