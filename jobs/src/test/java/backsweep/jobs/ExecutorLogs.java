package backsweep.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the executors of a local cluster write down about their tasks, at once: Spark's event log
 * has tasks only later.
 *
 * @param folder of the application, with one of each executor in it
 */
record ExecutorLogs(Path folder) {

  private static final Pattern RUNNING =
      Pattern.compile("Running task \\S+ in stage (\\d+)\\.\\d+ \\(TID (\\d+)\\)");
  private static final Pattern FINISHED =
      Pattern.compile("Finished task \\S+ in stage (\\d+)\\.\\d+ \\(TID (\\d+)\\)");

  /** Those of an application, as soon as it is known. */
  static ExecutorLogs of(SparkHome spark, EventLog events) {
    String application = Await.some("an application", events::application);
    return new ExecutorLogs(spark.folder().resolve("work").resolve(application));
  }

  /** What an executor has written so far. */
  String text(String executor) {
    return TextFile.read(folder.resolve(executor).resolve("stderr"));
  }

  /**
   * Whether an executor is at a task of a job now.
   *
   * @param after how many tasks of the job it has finished at least
   */
  boolean isBusy(String executor, JsonNode job, int after) {
    String text = text(executor);
    List<Integer> stages = EventLog.stages(job);
    Set<String> finished = new HashSet<>(tasks(FINISHED, text, stages).toList());
    return finished.size() >= after
        && tasks(RUNNING, text, stages).anyMatch(task -> !finished.contains(task));
  }

  private static Stream<String> tasks(Pattern pattern, String text, List<Integer> stages) {
    return pattern
        .matcher(text)
        .results()
        .filter(line -> stages.contains(Integer.valueOf(line.group(1))))
        .map(line -> line.group(2));
  }

  /** The numbers that lines of this kind have in their only group. */
  Stream<Integer> numbers(String executor, Pattern line) {
    return line.matcher(text(executor)).results().map(found -> Integer.valueOf(found.group(1)));
  }
}
