package backsweep.store;

import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * What people read about the Spark jobs of a piece of work: on Spark's pages, in its event log and
 * in the History Server. A description within another one stands behind it: {@code bd_net-1a2b3c4d:
 * import clean-test, 12830 images}.
 */
public final class JobDescription {

  private static final String PROPERTY = "spark.job.description";

  private JobDescription() {}

  /** Does work whose jobs, started by this thread, have a description; later jobs have it not. */
  public static <T> T during(SparkSession spark, String description, Supplier<T> work) {
    SparkContext context = spark.sparkContext();
    String outer = context.getLocalProperty(PROPERTY);
    context.setJobDescription(outer == null ? description : outer + ": " + description);
    try {
      return work.get();
    } finally {
      context.setJobDescription(outer);
    }
  }

  /** Does work whose jobs, started by this thread, have a description; later jobs have it not. */
  public static void during(SparkSession spark, String description, Runnable work) {
    during(
        spark,
        description,
        () -> {
          work.run();
          return description;
        });
  }
}
