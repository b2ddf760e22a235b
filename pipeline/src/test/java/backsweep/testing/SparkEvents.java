package backsweep.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerInterface;
import org.apache.spark.scheduler.SparkListenerJobStart;

/** What Spark tells its listeners. */
public final class SparkEvents {

  private SparkEvents() {}

  /** Lets a listener hear everything about some work on the session of the tests, and no more. */
  public static void tell(SparkListenerInterface listener, Runnable work) {
    SparkContext context = LocalSpark.session().sparkContext();
    drain(context);
    context.addSparkListener(listener);
    try {
      work.run();
    } finally {
      drain(context);
      context.removeSparkListener(listener);
    }
  }

  /** The descriptions of the jobs of some work, in their order; empty for a job without one. */
  public static List<Optional<String>> descriptions(Runnable work) {
    List<Optional<String>> descriptions = Collections.synchronizedList(new ArrayList<>());
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            descriptions.add(
                Optional.ofNullable(start.properties().getProperty("spark.job.description")));
          }
        };
    tell(listener, work);
    return descriptions;
  }

  private static void drain(SparkContext context) {
    try {
      context.listenerBus().waitUntilEmpty();
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
