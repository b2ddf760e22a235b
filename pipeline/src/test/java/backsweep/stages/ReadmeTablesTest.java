package backsweep.stages;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.maxBy;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import backsweep.evaluation.DefenceEffectiveness;
import backsweep.evaluation.Evaluation;
import backsweep.evaluation.RepairWorth;
import backsweep.evaluation.Share;
import backsweep.evaluation.StepCounts;
import backsweep.pruning.PruningCurve;
import backsweep.stages.VerifyRepairs.Extent;
import backsweep.store.OutputLock;
import backsweep.store.ResultStore;
import backsweep.store.Table;
import backsweep.store.Tables;
import backsweep.store.Tables.EvaluationRow;
import backsweep.testing.Golden;
import backsweep.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the README says about comparing networks, in SQL and in Java, run as it stands there on two
 * networks of which everything was committed twice. One of them loses no accuracy by pruning, and
 * has no repairs.
 */
class ReadmeTablesTest {

  private static final double ROUNDING = 1e-9;

  @TempDir private static Path output;

  private static List<Defence> defences;

  @BeforeAll
  static void defendTwoNetworks() {
    defences =
        Stream.of(Golden.BN_AFTER, Golden.SIGMOID_AFTER).map(ReadmeTablesTest::defend).toList();
    defences.forEach(ReadmeTablesTest::commitAgain);
  }

  private static Defence defend(Golden golden) {
    DefendNetwork defend = golden.defend(output, 2);
    return defend.execute(defend.plan(), Run.begin(Map.of())).done().get(0);
  }

  /** As a second run does that finds what the first one left damaged. */
  private static void commitAgain(Defence defence) {
    Configuration files = LocalSpark.session().sessionState().newHadoopConf();
    try (OutputLock lock = OutputLock.acquire(files, output.toString(), "test")) {
      CommitResults results =
          new CommitResults(LocalSpark.session(), output.toString(), Run.begin(Map.of()), lock);
      results.curves(
          Collections.nCopies(defence.curves().size(), defence.plan()), defence.curves());
      results.repairs(List.of(defence), List.of(Recalled.NOTHING), Extent.FULL);
    }
  }

  @Test
  void theQueryHasEveryRepairOnceBestFirst() throws IOException {
    SparkSession spark = LocalSpark.session().newSession();
    for (Table<?> table : List.of(Tables.UNITS, Tables.EVALUATIONS)) {
      spark
          .read()
          .parquet(output.resolve("results").resolve(table.name()).toString())
          .createOrReplaceTempView(table.name());
    }

    List<Row> rows = spark.sql(block("sql", "FROM evaluations")).collectAsList();

    assertThat(rows).hasSize(defences.stream().mapToInt(d -> d.repairs().size()).sum());
    assertThat(rows)
        .isSortedAccordingTo(
            Comparator.<Row, String>comparing(row -> row.getAs("network"))
                .thenComparing(
                    row -> row.<Double>getAs("der"),
                    Comparator.nullsLast(Comparator.reverseOrder())));
    for (Defence defence : defences) {
      defence
          .repairs()
          .forEach(repair -> assertMeasured(row(rows, defence, repair), defence, repair));
    }
  }

  private static Row row(List<Row> rows, Defence defence, Repair repair) {
    double drop = Double.parseDouble(repair.rule().shortestDrop());
    return rows.stream()
        .filter(row -> row.getAs("network").equals(name(defence)))
        .filter(row -> row.<Double>getAs("drop_percent") == drop)
        .findFirst()
        .orElseThrow();
  }

  private static void assertMeasured(Row row, Defence defence, Repair repair) {
    Evaluation measured = repaired(defence, repair);
    OptionalInt step = repair.step();
    assertThat(row.<Integer>getAs("step")).isEqualTo(step.isPresent() ? step.getAsInt() : null);
    assertClose(row, "accuracy", measured.cleanAccuracy().map(Share::percent));
    assertClose(row, "attack_success", measured.attackSuccess().map(Share::percent));
    assertClose(row, "der", measured.effectiveness().map(DefenceEffectiveness::rating));
  }

  private static void assertClose(Row row, String column, Optional<Double> expected) {
    Double found = row.getAs(column);
    expected.ifPresentOrElse(
        value -> assertThat(found).isCloseTo(value, within(ROUNDING)),
        () -> assertThat(found).isNull());
  }

  @Test
  void theJavaHasEveryStepOfEveryCurveOnce() {
    List<Row> rows = curves(LocalSpark.session(), output.toString()).collectAsList();

    assertThat(rows)
        .hasSize(defences.stream().mapToInt(d -> d.validation().curve().steps().size()).sum());
    for (Defence defence : defences) {
      List<Row> own =
          rows.stream().filter(row -> row.getAs("network").equals(name(defence))).toList();
      defence.curves().forEach(curve -> assertShares(own, curve));
    }
  }

  private static void assertShares(List<Row> rows, PruningCurve curve) {
    assertThat(rows).hasSameSizeAs(curve.steps());
    for (int step = 0; step < rows.size(); step++) {
      StepCounts counts = curve.at(step);
      assertThat(rows.get(step).<Integer>getAs("step")).isEqualTo(step);
      assertThat(rows.get(step).<Double>getAs(curve.imageSet().name()))
          .isCloseTo(counts.labelShare().percent(), within(ROUNDING));
    }
  }

  @Test
  void theJavaHasTheBestRepairOfEveryNetwork() {
    Map<String, Optional<List<EvaluationRow>>> best = best(LocalSpark.session(), output.toString());

    Map<String, Double> expected = new HashMap<>();
    for (Defence defence : defences) {
      defence.repairs().stream()
          .flatMap(repair -> repaired(defence, repair).effectiveness().stream())
          .forEach(found -> expected.merge(name(defence), found.rating(), Math::max));
    }
    assertThat(expected).isNotEmpty();
    assertThat(best).hasSameSizeAs(expected);
    expected.forEach(
        (network, rating) ->
            assertThat(worth(best.get(network).orElseThrow()).rating()).contains(rating));
  }

  @Test
  void theJavaStandsInTheReadme() throws IOException {
    Path source = Path.of("src", "test", "java", "backsweep", "stages", "ReadmeTablesTest.java");

    assertThat(unindented(Files.readString(source)))
        .contains(unindented(block("java", "Dataset<Row> curves")));
  }

  // What follows stands in the README, letter by letter.

  static Dataset<Row> curves(SparkSession spark, String out) {
    Dataset<Row> counted =
        spark
            .read()
            .parquet(out + "/results/units")
            .groupBy("unit")
            .agg(expr("max_by(struct(attempt, status, settings), finished) AS latest"))
            .where("latest.status = 'done'")
            .selectExpr(
                "unit",
                "latest.attempt",
                "get_json_object(latest.settings, '$.statistics') AS settings");
    return spark
        .read()
        .parquet(out + "/results/pruning_curve")
        .join(counted, new String[] {"unit", "attempt"}, "inner")
        .groupBy("network", "settings", "criterion", "step")
        .pivot("image_set")
        .agg(expr("100 * max(label_hits / images)"))
        .orderBy("network", "settings", "criterion", "step");
  }

  static Map<String, Optional<List<EvaluationRow>>> best(SparkSession spark, String out) {
    return new ResultStore(spark, out)
        .committed(Tables.EVALUATIONS).stream() // rows that count
            .filter(row -> row.defenceEffectiveness() != null)
            .filter(row -> !row.criterion().startsWith("random-"))
            .filter(row -> row.fineTuned() || !row.criterion().equals("none"))
            .collect(groupingBy(row -> repair(row))) // a row for every poisoned set
            .values()
            .stream()
            .collect(
                groupingBy(
                    (List<EvaluationRow> rows) -> rows.get(0).network(),
                    maxBy(comparing(rows -> worth(rows), RepairWorth.ORDER))));
  }

  static List<Object> repair(EvaluationRow row) {
    return List.of(
        row.network(), row.criterion(), row.rule(), row.dropPercent(), row.fineTuned(), row.step());
  }

  static RepairWorth worth(List<EvaluationRow> rows) { // on the worst poisoned set
    EvaluationRow any = rows.get(0);
    return new RepairWorth(
        rows.stream().map(EvaluationRow::defenceEffectiveness).min(naturalOrder()),
        rows.stream().map(EvaluationRow::attackSuccessRate).max(naturalOrder()),
        Optional.ofNullable(any.cleanAccuracy()),
        any.fineTuned(),
        any.dropPercent(),
        any.criterion());
  }

  private static Evaluation repaired(Defence defence, Repair repair) {
    return RepairEvaluation.of(defence, repair, defence.poisoned().stream().findFirst()).repaired();
  }

  private static String name(Defence defence) {
    return defence.plan().subject().name();
  }

  private static String unindented(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(joining("\n"));
  }

  /** The block of the README in some language that has these words. */
  static String block(String language, String words) throws IOException {
    String readme = Files.readString(Path.of("..", "README.md"));
    return Stream.of(readme.split("```" + language + "\n", -1))
        .skip(1)
        .map(text -> text.substring(0, text.indexOf("```")))
        .filter(text -> text.contains(words))
        .findFirst()
        .orElseThrow();
  }
}
