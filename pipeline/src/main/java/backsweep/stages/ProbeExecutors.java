package backsweep.stages;

import backsweep.inference.PixelSource;
import backsweep.inference.Threads;
import backsweep.inference.WholePredictor;
import backsweep.network.Architecture;
import backsweep.network.Graph;
import backsweep.network.InitialWeights;
import backsweep.network.Network;
import backsweep.network.Shape;
import backsweep.store.JobDescription;
import backsweep.tensorflow.NativeTensorFlow;
import backsweep.tensorflow.NetworkModels;
import backsweep.tensorflow.SavedModel;
import java.io.Serializable;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Asks a small network one image on the executors, to see whether they can. What an executor cannot
 * do is its answer: it fails no task.
 */
public final class ProbeExecutors {

  private static final Shape IMAGE = Shape.of(16, 16, 3);
  private static final int CLASSES = 4;
  private static final int TASKS_PER_CORE = 4;

  private final SparkSession spark;
  private final Duration limit;

  /**
   * Asks on a session.
   *
   * @param limit how long it waits for answers
   */
  public ProbeExecutors(SparkSession spark, Duration limit) {
    this.spark = spark;
    this.limit = limit;
  }

  /**
   * What an executor answered.
   *
   * @param executor Spark's name for it
   * @param host where it runs
   * @param java the version it runs on
   * @param heap in bytes, at most
   * @param threads how many tasks it runs at a time, and how many threads each has
   * @param tensorflow the version it has; empty where there is a problem
   * @param hasAnswered whether a network did; it is not asked where the driver can make none
   * @param problem why a network cannot answer there; empty where there is none
   */
  public record Answer(
      String executor,
      String host,
      String java,
      long heap,
      Threads threads,
      String tensorflow,
      boolean hasAnswered,
      String problem)
      implements Serializable {}

  /**
   * The answers of the executors that a few tasks for each core reached, each once.
   *
   * @throws SilentExecutorsException if not all tasks have answered in time
   */
  public List<Answer> execute() {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    int tasks = TASKS_PER_CORE * context.defaultParallelism();
    Asking asking = new Asking(model());
    JavaFutureAction<List<Answer>> asked =
        JobDescription.during(
            spark,
            "a question to every executor",
            () ->
                context
                    .parallelize(Collections.nCopies(tasks, 0), tasks)
                    .mapPartitions(asking::ask)
                    .collectAsync());
    TreeMap<String, Answer> byExecutor = new TreeMap<>();
    await(asked).forEach(answer -> byExecutor.put(answer.executor(), answer));
    return new ArrayList<>(byExecutor.values());
  }

  private List<Answer> await(JavaFutureAction<List<Answer>> asked) {
    try {
      return asked.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new SilentExecutorsException(spark.sparkContext().master(), limit, e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the tasks failed: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while executors were asked", e);
    } finally {
      asked.cancel(true);
    }
  }

  /** Null where this JVM has no TensorFlow to make one with: then only the library is looked at. */
  private static SavedModel model() {
    try {
      Graph graph = Architecture.BATCH_NORMALIZED.graph(IMAGE, CLASSES);
      return new NetworkModels(new Network(graph, InitialWeights.of(graph, 1)), 255).whole();
    } catch (LinkageError e) {
      return null;
    }
  }

  /** The work of a task. */
  private record Asking(SavedModel model) implements Serializable {

    private Iterator<Answer> ask(Iterator<Integer> none) {
      String version = "";
      String problem = "";
      boolean hasAnswered = false;
      try {
        version = NativeTensorFlow.version();
        hasAnswered = hasAnswered();
      } catch (RuntimeException | LinkageError e) {
        problem = e.toString();
      }
      SparkEnv env = SparkEnv.get();
      return List.of(
              new Answer(
                  env.executorId(),
                  env.blockManager().blockManagerId().host(),
                  Runtime.version().toString(),
                  Runtime.getRuntime().maxMemory(),
                  ExecutorThreads.here(),
                  version,
                  hasAnswered,
                  problem))
          .iterator();
    }

    private boolean hasAnswered() {
      if (model == null) {
        return false;
      }
      try (WholePredictor predictor = new WholePredictor(model, ExecutorThreads.here())) {
        float probability = predictor.probabilities(new Ramp())[0][0];
        if (!(probability > 0 && probability < 1)) {
          throw new IllegalStateException(
              "expected a probability between 0 and 1, found " + probability);
        }
        return true;
      }
    }
  }

  /** An image of which the network can say something. */
  private record Ramp() implements PixelSource {

    @Override
    public int images() {
      return 1;
    }

    @Override
    public void copyTo(FloatBuffer target) {
      for (int i = 0; i < IMAGE.size(); i++) {
        target.put(i % 256);
      }
    }
  }
}
