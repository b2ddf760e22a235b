package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.images.ImageBlock;
import backsweep.images.ImageShape;
import backsweep.images.PixelEncoding;
import backsweep.testing.LocalSpark;
import backsweep.testing.RandomBlocks;
import backsweep.testing.SparkEvents;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import org.apache.spark.Success$;
import org.apache.spark.TaskEndReason;
import org.apache.spark.TaskResultLost$;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.JobFailed;
import org.apache.spark.scheduler.JobResult;
import org.apache.spark.scheduler.JobSucceeded$;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.TaskInfo;
import org.apache.spark.scheduler.TaskLocality;
import org.junit.jupiter.api.Test;
import scala.Option;
import scala.Tuple4;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.collection.immutable.Map$;

class ImageProgressTest {

  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private final ImageProgress progress = new ImageProgress(new Seen());

  private final class Seen implements Progress {

    @Override
    public void begin(String stage, long images) {
      seen.add(stage + " of " + images);
    }

    @Override
    public void advance(long images) {
      seen.add(Long.toString(images));
    }

    @Override
    public void end() {
      seen.add("end");
    }

    @Override
    public void fail() {
      seen.add("fail");
    }
  }

  @Test
  void aHeartbeatTellsHowFarTasksAre() {
    begin(1, 7, "curves", 1_000);
    start(10, 0);
    start(11, 1);
    beat(10, 7, 256);
    beat(11, 7, 200);
    end(10, 7, 500, Success$.MODULE$);
    end(11, 7, 500, Success$.MODULE$);
    end(1, JobSucceeded$.MODULE$);
    assertThat(seen).containsExactly("curves of 1000", "256", "456", "700", "1000", "end");
  }

  @Test
  void whatARetryDoesAgainCountsOnce() {
    begin(1, 7, "curves", 1_000);
    start(10, 0);
    beat(10, 7, 400);
    end(10, 7, 0, TaskResultLost$.MODULE$);
    start(11, 0);
    beat(11, 7, 100);
    beat(11, 7, 600);
    assertThat(seen).containsExactly("curves of 1000", "400", "400", "600");
  }

  @Test
  void aSpeculativeCopyCountsOnce() {
    begin(1, 7, "curves", 500);
    start(10, 0);
    start(11, 0);
    beat(10, 7, 400);
    beat(11, 7, 300);
    end(11, 7, 500, Success$.MODULE$);
    beat(10, 7, 450);
    end(1, JobSucceeded$.MODULE$);
    beat(10, 7, 460);
    assertThat(seen).containsExactly("curves of 500", "400", "400", "500", "500", "end");
  }

  @Test
  void thereAreNeverMoreThanAll() {
    begin(1, 7, "curves", 500);
    start(10, 0);
    beat(10, 7, 700);
    assertThat(seen).containsExactly("curves of 500", "500");
  }

  @Test
  void otherJobsAndCountersAreNotItsBusiness() {
    start(9, 0);
    beat(9, 7, 1);
    begin(1, 7, "import", 500);
    start(10, 0);
    beat(10, 8, 300);
    beat(12, 7, 300);
    end(2, JobSucceeded$.MODULE$);
    end(1, JobSucceeded$.MODULE$);
    begin(3, 7, "import", 500);
    progress.onJobStart(new SparkListenerJobStart(4, 0, seq(List.of()), new Properties()));
    progress.onJobStart(new SparkListenerJobStart(5, 0, seq(List.of()), null));
    assertThat(seen).containsExactly("import of 500", "end");
  }

  @Test
  void aJobThatFailedIsNotDone() {
    begin(1, 7, "curves", 500);
    end(1, new JobFailed(new IllegalStateException("no more executors")));
    assertThat(seen).containsExactly("curves of 500", "fail");
  }

  @Test
  void onSparkEveryImageIsCountedWhenItIsDone() {
    List<ImageBlock> blocks = RandomBlocks.of(1_000, new ImageShape(2, 2, 1), PixelEncoding.UINT8);
    List<int[]> labels = new ArrayList<>();
    SparkEvents.tell(
        progress,
        () ->
            labels.addAll(job().run(LocalSpark.session(), count -> labels(count.of(rdd(blocks))))));
    assertThat(labels).hasSize(blocks.size());
    assertThat(seen).startsWith("curves of 1000").endsWith("1000", "end");
  }

  @Test
  void onSparkAFailureEndsTheStage() {
    SparkEvents.tell(
        progress,
        () -> {
          assertThatThrownBy(
              () -> job().run(LocalSpark.session(), count -> count.of(divided()).count()));
          // Spark throws before it tells that the job is over, but tells before the next begins.
          rdd(List.of()).count();
        });
    assertThat(seen).startsWith("curves of 1000").endsWith("fail");
  }

  @Test
  void onSparkAJobAfterTheStageIsNoneOfIt() {
    job().run(LocalSpark.session(), ImageCount::done);
    SparkEvents.tell(progress, () -> rdd(List.of()).count());
    assertThat(seen).isEmpty();
  }

  private static ImageJob job() {
    return new ImageJob("curves", 1_000, "test");
  }

  private static JavaRDD<ImageBlock> rdd(List<ImageBlock> blocks) {
    return RandomBlocks.distributed(blocks, 2);
  }

  private static JavaRDD<ImageBlock> divided() {
    return rdd(RandomBlocks.of(300, new ImageShape(2, 2, 1), PixelEncoding.UINT8))
        .filter(block -> 1 / block.index() > 0);
  }

  private static List<int[]> labels(JavaRDD<ImageBlock> blocks) {
    return blocks.map(ImageBlock::labels).collect();
  }

  private void begin(int job, long counter, String stage, long images) {
    Properties properties = new Properties();
    properties.setProperty("backsweep.stage", stage);
    properties.setProperty("backsweep.images", Long.toString(images));
    properties.setProperty("backsweep.counter", Long.toString(counter));
    progress.onJobStart(new SparkListenerJobStart(job, 0, seq(List.of()), properties));
  }

  private void start(long task, int partition) {
    progress.onTaskStart(new SparkListenerTaskStart(1, 0, task(task, partition)));
  }

  private void beat(long task, long counter, long images) {
    Tuple4<Object, Object, Object, Seq<AccumulableInfo>> update =
        new Tuple4<>(task, 1, 0, seq(List.of(count(counter, images))));
    progress.onExecutorMetricsUpdate(
        new SparkListenerExecutorMetricsUpdate("1", seq(List.of(update)), Map$.MODULE$.empty()));
  }

  private void end(long task, long counter, long images, TaskEndReason reason) {
    TaskInfo info = task(task, 0);
    if (images > 0) {
      info.setAccumulables(seq(List.of(count(counter, images))));
    }
    progress.onTaskEnd(new SparkListenerTaskEnd(1, 0, "ResultTask", reason, info, null, null));
  }

  private void end(int job, JobResult result) {
    progress.onJobEnd(new SparkListenerJobEnd(job, 0, result));
  }

  private static TaskInfo task(long id, int partition) {
    return new TaskInfo(id, partition, 0, partition, 0, "1", "host", TaskLocality.ANY(), false);
  }

  private static AccumulableInfo count(long counter, long images) {
    return new AccumulableInfo(
        counter,
        Option.empty(),
        Option.apply(images),
        Option.empty(),
        false,
        false,
        Option.empty());
  }

  private static <T> Seq<T> seq(List<T> list) {
    return JavaConverters.asScalaBuffer(list);
  }
}
