package backsweep.stages;

import backsweep.store.JobDescription;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;

/**
 * A Spark job on images as operators see it. What it is goes with the job as Spark's local
 * properties do, so that a listener knows it without the stages knowing the listener.
 *
 * @param stage the stage's name
 * @param images that it goes through
 * @param description of the job
 */
record ImageJob(String stage, long images, String description) {

  private static final String STAGE = "backsweep.stage";
  private static final String IMAGES = "backsweep.images";
  private static final String COUNTER = "backsweep.counter";

  /** Does the work; its jobs are described and its images counted while it runs. */
  <T> T run(SparkSession spark, Function<ImageCount, T> work) {
    SparkContext context = spark.sparkContext();
    LongAccumulator done = context.longAccumulator("images done");
    context.setLocalProperty(STAGE, stage);
    context.setLocalProperty(IMAGES, Long.toString(images));
    context.setLocalProperty(COUNTER, Long.toString(done.id()));
    try {
      return JobDescription.during(spark, description, () -> work.apply(new ImageCount(done)));
    } finally {
      context.setLocalProperty(STAGE, null);
      context.setLocalProperty(IMAGES, null);
      context.setLocalProperty(COUNTER, null);
    }
  }

  /**
   * What a job's properties say.
   *
   * @param stage the stage's name
   * @param images that it goes through
   * @param counter the id of the accumulator that counts those done
   */
  record Announced(String stage, long images, long counter) {

    /** The announcement, if the job goes through images. */
    static Optional<Announced> of(Properties properties) {
      if (properties == null || properties.getProperty(COUNTER) == null) {
        return Optional.empty();
      }
      return Optional.of(
          new Announced(
              properties.getProperty(STAGE),
              Long.parseLong(properties.getProperty(IMAGES)),
              Long.parseLong(properties.getProperty(COUNTER))));
    }
  }
}
