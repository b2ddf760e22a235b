package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.jobs.LauncherCall.Ended;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged program on clusters of this machine, on both ways to Spark, undisturbed and
 * disturbed: the tables are those of one JVM, value for value.
 */
class ClusterIT {

  private static final String CURVES = "pruning curves";

  /** Of the statistics one, of the curves two. */
  private static final int MODELS_OF_A_NETWORK = 3;

  private static final String DETECTOR = "mean-activation-first-below-10";

  private static final Pattern LOADED = Pattern.compile("Loaded model \\w{8}, \\d+ open");

  @TempDir private static Path shared;

  private static CommittedTables expected;
  private static SparkHome spark;
  private static StandaloneCluster cluster;

  @TempDir private Path folder;

  @BeforeAll
  static void startClusterAndRunInOneJvm() {
    Path output = shared.resolve("local");
    assertThat(defend(output).run().code()).isZero();
    expected = CommittedTables.of(output);
    expected.assertFilled();
    spark = SparkHome.in(shared.resolve("spark"));
    cluster = StandaloneCluster.of(spark);
  }

  @AfterAll
  static void stopCluster() {
    if (cluster != null) {
      cluster.close();
      spark.forget();
    }
  }

  @AfterEach
  void deleteCopies() throws IOException {
    spark.deleteCopies();
  }

  /** Cut into more tasks than there are executors. */
  private static DefendCall defend(Path output) {
    return DefendCall.onLab(output).with("--set", "partitions=6");
  }

  private Path output() {
    return folder.resolve("out");
  }

  private List<String> arguments() {
    return defend(output()).arguments();
  }

  private LauncherCall onSparkHome() {
    return LauncherCall.in(folder).with("SPARK_HOME", spark.folder().toString());
  }

  private void assertSameTables() {
    assertThat(CommittedTables.of(output())).isEqualTo(expected);
  }

  @Test
  void onALocalClusterOfASparkHomeEveryExecutorLoadsAModelOnce() throws IOException {
    EventLog log = EventLog.in(folder.resolve("events"));

    Ended ended =
        onSparkHome()
            .onSpark(ClusterOptions.LOCAL + ClusterOptions.BOTH_EXECUTORS + log.options())
            .run(arguments());

    assertThat(ended.output()).startsWith("spark-submit of " + spark.folder());
    assertThat(ended.code()).as(ended.output()).isZero();
    assertSameTables();
    Path work = spark.folder().resolve("work").resolve(log.application().orElseThrow());
    List<List<String>> loaded = List.of(loaded(work.resolve("0")), loaded(work.resolve("1")));
    assertThat(loaded)
        .allSatisfy(models -> assertThat(models).hasSizeGreaterThanOrEqualTo(MODELS_OF_A_NETWORK))
        .allSatisfy(models -> assertThat(models).doesNotHaveDuplicates());
    JsonNode curves = log.job(CURVES).orElseThrow();
    assertThat(log.tasks("SparkListenerTaskEnd", curves)).hasSizeGreaterThan(2 * loaded.size());
  }

  /**
   * The hashes of models that an executor has loaded, by its folder. Each load leaves another
   * number open; a line that is there twice is Spark's, which may write the end of a log again when
   * it stops.
   */
  private static List<String> loaded(Path executor) {
    return LOADED
        .matcher(TextFile.read(executor.resolve("stderr")))
        .results()
        .map(MatchResult::group)
        .distinct()
        .map(line -> line.split("[ ,]", -1)[2])
        .toList();
  }

  @Test
  void onALocalClusterOfTheBuildAnExecutorMayDie() throws IOException {
    EventLog log = EventLog.in(folder.resolve("events"));
    LauncherCall call =
        LauncherCall.in(folder)
            .onSpark(ClusterOptions.LOCAL + ClusterOptions.BOTH_EXECUTORS + log.options());
    try (ChildProcess process = call.start(arguments())) {
      JsonNode curves = Await.some(CURVES, () -> log.job(CURVES));

      process.executors().findFirst().orElseThrow().kill();

      assertThat(process.exitCode()).as(process.output()).isZero();
      assertThat(process.output()).doesNotContain("spark-submit of ");
      assertThat(log.tasks("SparkListenerTaskEnd", curves))
          .anySatisfy(ClusterOptions::assertExecutorLost);
    } finally {
      ClusterOptions.deleteWork(log);
    }
    assertSameTables();
  }

  @Test
  void onAStandaloneClusterASlowExecutorIsOvertaken() {
    cluster.runWhileOneLags(folder, arguments(), CURVES);

    assertSameTables();
  }

  /** The driver runs on a worker; who submitted it learns its state and no more. */
  @Test
  void onAStandaloneClusterTheDriverMayRunOnAWorker() {
    String options =
        ClusterOptions.STANDALONE
            + (" --master " + cluster.master())
            + " --deploy-mode cluster"
            + ClusterOptions.EXECUTORS;

    Ended ended = onSparkHome().onSpark(options).run(arguments());

    assertThat(ended.code()).as(ended.output()).isZero();
    Matcher driver = Pattern.compile("driver-\\d+-\\d+").matcher(ended.output());
    assertThat(driver.find()).as(ended.output()).isTrue();
    assertThat(ended.output()).doesNotContain("Original network B");
    Await.until(
        "the driver's report",
        () -> printedBy(driver.group()).contains("Original network B: clean accuracy 99.922 %"));
    assertSameTables();
  }

  /** The detector that the run in one JVM wrote, asked there and here. */
  @Test
  void onAStandaloneClusterClassifyAnswersAsInOneJvm() throws IOException {
    Path alone = folder.resolve("alone");
    assertThat(Outcome.of(classify(alone).toArray(String[]::new)).code()).isZero();
    EventLog log = EventLog.in(folder.resolve("events"));
    String options =
        ClusterOptions.STANDALONE
            + (" --master " + cluster.master())
            + ClusterOptions.BOTH_EXECUTORS
            + log.options();

    Ended ended = onSparkHome().onSpark(options).run(classify(output()));

    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(answers(output())).hasSize(1 + 1283).isEqualTo(answers(alone));
    assertThat(log.tasks("SparkListenerTaskEnd", log.job("classify 1283 images").orElseThrow()))
        .extracting(end -> end.at("/Task Info/Executor ID").asText())
        .contains("0", "1");
  }

  private static List<String> classify(Path output) throws IOException {
    try (Stream<Path> networks = Files.list(shared.resolve("local/goodnet"))) {
      return List.of(
          "classify",
          "--goodnet=" + networks.findFirst().orElseThrow().resolve(DETECTOR),
          "--images=" + Fixture.path("data/impressions_poisoned.h5"),
          "--set=partitions=6",
          "--output=" + output);
    }
  }

  private static List<String> answers(Path output) {
    return TextFile.read(output.resolve("answers.csv")).lines().toList();
  }

  private static String printedBy(String driver) {
    return Stream.of("work-0", "work-1")
        .map(work -> TextFile.read(spark.folder().resolve(work).resolve(driver).resolve("stdout")))
        .reduce("", String::concat);
  }
}
