package backsweep.stages;

import backsweep.stages.ImageJob.Announced;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.JobSucceeded$;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.TaskInfo;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Follows the stages of a run from Spark's events: how far tasks are comes with every heartbeat of
 * an executor and with the end of a task. A partition is as far as the furthest attempt at it, so
 * what retries and speculative copies do again counts once.
 */
public final class ImageProgress extends SparkListener {

  private static final int NONE = -1;

  private final Progress progress;
  private final Map<Long, Integer> partitions = new HashMap<>();
  private final Map<Integer, Long> done = new HashMap<>();
  private Announced stage = new Announced("", 0, NONE);
  private int job = NONE;

  /** Tells {@code progress}; add it to a Spark context as a listener. */
  public ImageProgress(Progress progress) {
    this.progress = progress;
  }

  /** The first job of an announced stage counts its images; what follows may read them again. */
  @Override
  public void onJobStart(SparkListenerJobStart start) {
    Announced announced = Announced.of(start.properties()).orElse(stage);
    if (announced.counter() > stage.counter()) {
      stage = announced;
      job = start.jobId();
      partitions.clear();
      done.clear();
      progress.begin(stage.stage(), stage.images());
    }
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart start) {
    if (job != NONE) {
      partitions.put(start.taskInfo().taskId(), start.taskInfo().partitionId());
    }
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate heartbeat) {
    JavaConverters.seqAsJavaList(heartbeat.accumUpdates())
        .forEach(task -> reached((Long) task._1(), task._4()));
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    TaskInfo task = end.taskInfo();
    reached(task.taskId(), task.accumulables());
  }

  private void reached(long task, Seq<AccumulableInfo> counts) {
    Integer partition = partitions.get(task);
    if (job == NONE || partition == null) {
      return;
    }
    for (AccumulableInfo count : JavaConverters.seqAsJavaList(counts)) {
      if (count.id() == stage.counter() && count.update().isDefined()) {
        done.merge(partition, (Long) count.update().get(), Math::max);
        progress.advance(
            Math.min(stage.images(), done.values().stream().mapToLong(Long::longValue).sum()));
      }
    }
  }

  @Override
  public void onJobEnd(SparkListenerJobEnd end) {
    if (end.jobId() == job) {
      job = NONE;
      if (end.jobResult() instanceof JobSucceeded$) {
        progress.end();
      } else {
        progress.fail();
      }
    }
  }
}
