package backsweep.jobs;

import backsweep.stages.ProbeExecutors.Answer;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * What {@code doctor} looks at in Spark.
 *
 * @param master as it is set
 */
record SparkExamination(String master) {

  private static final String VERSION = "3.5.";
  private static final String SCALA = "2.12.";

  private static final String MASTER =
      "Is the master right, and does it run? It is set in conf/spark-defaults.conf, or by --master"
          + " in BACKSWEEP_SPARK_OPTIONS. Executors need free cores and memory there, must reach"
          + " this machine, and need the same jar. local[*] is this machine alone.";
  private static final String EXECUTORS =
      "Executors need the same backsweep.jar, Java 17, Linux on x86-64 and 1 GiB beside their heap;"
          + " their logs say more.";

  /** Spark's library. */
  Finding library(String version, String scala) {
    String found = "%s for Scala %s, master %s".formatted(version, scala, master);
    return version.startsWith(VERSION) && scala.startsWith(SCALA)
        ? Finding.good("spark", found)
        : Finding.bad(
            "spark",
            found,
            "Spark 3.5 for Scala 2.12 is needed: name one in SPARK_HOME, or unset it to run on the"
                + " build's own.");
  }

  /**
   * The executors.
   *
   * @param ask asks all of them
   */
  Finding executors(Callable<List<Answer>> ask) {
    return Finding.of("executors", MASTER, () -> executors(ask.call()));
  }

  private static Finding executors(List<Answer> answers) {
    List<Answer> unable = answers.stream().filter(one -> !one.problem().isEmpty()).toList();
    if (!unable.isEmpty()) {
      Answer first = unable.get(0);
      return Finding.bad(
          "executors",
          "%d of %d cannot run a network; %s on %s: %s"
              .formatted(
                  unable.size(), answers.size(), first.executor(), first.host(), first.problem()),
          EXECUTORS);
    }
    String versions = Examination.list(answers.stream().map(Answer::tensorflow));
    String found =
        "%d on %s: %s; each: %s; TensorFlow %s"
            .formatted(
                answers.size(),
                Examination.list(answers.stream().map(Answer::host)),
                answers.stream().allMatch(Answer::hasAnswered)
                    ? "a network answers"
                    : "no network was asked",
                Examination.list(answers.stream().map(SparkExamination::share)),
                versions);
    return versions.contains(",")
        ? Finding.bad("executors", found, "They have different versions of it. " + EXECUTORS)
        : Finding.good("executors", found);
  }

  /** What an executor gets. */
  private static String share(Answer answer) {
    return "heap %s, %d tasks at a time"
        .formatted(Examination.gib(answer.heap()), answer.threads().concurrentTasks());
  }
}
