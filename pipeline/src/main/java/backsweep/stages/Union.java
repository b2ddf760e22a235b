package backsweep.stages;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.toList;

import java.util.List;
import java.util.stream.Collector;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** The partitions of many RDDs as those of one, in their order, however many they are. */
final class Union {

  private Union() {}

  /** Makes one RDD of at least one; two by two, a thousand would be nested a thousand deep. */
  static <T> Collector<JavaRDD<T>, ?, JavaRDD<T>> toOne() {
    return collectingAndThen(toList(), Union::of);
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // There are no arrays of a generic type.
  private static <T> JavaRDD<T> of(List<JavaRDD<T>> all) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(all.get(0).context());
    return context.union(all.toArray(new JavaRDD[0]));
  }
}
