package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import backsweep.store.Batch;
import backsweep.store.Batch.Attempt;
import backsweep.store.ResultStore;
import backsweep.store.Table;
import backsweep.store.TableRow;
import backsweep.store.Tables;
import backsweep.store.Tables.EvaluationRow;
import backsweep.store.Tables.PruningCurveRow;
import backsweep.store.Unit;
import backsweep.store.Unit.Kind;
import backsweep.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which repairs the README's SQL and Java choose, on made-up measures: one takes the attack of the
 * sunglasses almost whole and leaves that of the lipstick, one takes half of both, a random order
 * takes all. Of one network every repair is worse than nothing, and equally so. There is a network
 * of which no poisoned images are known, and one that was defended with two settings.
 */
class ReadmeChoicesTest {

  private static final String ONE_SIDED = "mean-activation";
  private static final String BALANCED = "kernel-l1";

  @TempDir private static Path output;

  @BeforeAll
  static void makeUpMeasures() {
    Batch batch = new Batch("made-up", Instant.now(), Map.of());
    measure(batch, new Measured("two-triggers", ONE_SIDED, 2, false, "sunglasses", 0.125, 0.875));
    measure(batch, new Measured("two-triggers", ONE_SIDED, 2, false, "lipstick", 1.0, 0.4375));
    measure(batch, new Measured("two-triggers", ONE_SIDED, 2, true, "sunglasses", 0.25, 0.75));
    measure(batch, new Measured("two-triggers", ONE_SIDED, 2, true, "lipstick", 0.75, 0.5625));
    measure(batch, new Measured("two-triggers", BALANCED, 2, false, "sunglasses", 0.5, 0.6875));
    measure(batch, new Measured("two-triggers", BALANCED, 2, false, "lipstick", 0.625, 0.625));
    measure(batch, new Measured("two-triggers", "random-1", 2, false, "sunglasses", 0.0, 0.9375));
    measure(batch, new Measured("two-triggers", "random-1", 2, false, "lipstick", 0.0, 0.9375));
    measure(batch, new Measured("unknown-trigger", BALANCED, 2, false, null, null, null));
    measure(batch, new Measured("tied", "none", 2, true, "sunglasses", 1.0, 0.4375));
    measure(batch, new Measured("tied", "none", 2, false, "sunglasses", 1.0, 0.5));
    measure(batch, new Measured("tied", BALANCED, 4, false, "sunglasses", 1.0, 0.4375));
    measure(batch, new Measured("tied", ONE_SIDED, 2, false, "sunglasses", 1.0, 0.4375));
    measure(batch, new Measured("tied", BALANCED, 2, false, "sunglasses", 1.0, 0.4375));
    trace(batch, "scale 1", 3);
    trace(batch, "scale 255", 1);
    batch.writeTo(new ResultStore(LocalSpark.session(), output.toString()));
  }

  /** The first step of a curve, on four images. */
  private static void trace(Batch batch, String settings, long hits) {
    batch.done(
        "two-scales",
        new Unit(Kind.CURVE, Map.of("statistics", settings, "image_set", "clean-validation")),
        attempt -> List.of(new TableRow<>(Tables.PRUNING_CURVE, step(attempt, hits))));
  }

  private static PruningCurveRow step(Attempt attempt, long hits) {
    return new PruningCurveRow(
        attempt.unit(),
        attempt.attempt(),
        attempt.network(),
        ONE_SIDED,
        0,
        -1,
        "clean-validation",
        "made-up",
        "clean_validation",
        4,
        hits,
        4,
        hits,
        0,
        null,
        null,
        null);
  }

  /** What one repair does to one attack; shares, not percent. */
  private record Measured(
      String network,
      String criterion,
      double drop,
      boolean fineTuned,
      String imageSet,
      Double attackSuccess,
      Double effectiveness) {

    private Unit unit() {
      return new Unit(
          Kind.EVALUATION,
          Map.of(
              "repair",
              network + criterion + drop + fineTuned,
              "poisoned_curve",
              "of " + imageSet));
    }

    private EvaluationRow row(Attempt attempt, String subject) {
      boolean isRepaired = subject.equals("repaired");
      return new EvaluationRow(
          attempt.unit(),
          attempt.attempt(),
          network,
          criterion,
          "first-below",
          drop,
          8,
          fineTuned,
          subject,
          imageSet,
          isRepaired ? 0.875 : 1,
          null,
          null,
          isRepaired ? attackSuccess : null,
          null,
          null,
          null,
          isRepaired ? effectiveness : null,
          null,
          null,
          null,
          null,
          null);
    }
  }

  private static void measure(Batch batch, Measured measured) {
    batch.done(
        measured.network(),
        measured.unit(),
        attempt -> {
          List<TableRow<?>> rows = new ArrayList<>();
          for (String subject : List.of("original", "repaired", "goodnet")) {
            rows.add(new TableRow<>(Tables.EVALUATIONS, measured.row(attempt, subject)));
          }
          return rows;
        });
  }

  @Test
  void theQueryRanksRepairsByTheirWorstPoisonedSetWithoutChanceAndNothing() throws IOException {
    SparkSession spark = LocalSpark.session().newSession();
    for (Table<?> table : List.of(Tables.UNITS, Tables.EVALUATIONS)) {
      spark.sql(view().replace("units", table.name()).replace("'out/", "'" + output + "/"));
    }

    List<Row> rows = spark.sql(ReadmeTablesTest.block("sql", "FROM evaluations")).collectAsList();

    assertThat(rows)
        .extracting(
            row -> row.getAs("network"),
            row -> row.getAs("criterion"),
            row -> row.getAs("drop_percent"),
            row -> row.getAs("fine_tuned"),
            row -> row.getAs("accuracy"),
            row -> row.getAs("attack_success"),
            row -> row.getAs("der"))
        .containsExactly(
            tuple("tied", BALANCED, 2.0, false, 87.5, 100.0, 0.4375),
            tuple("tied", ONE_SIDED, 2.0, false, 87.5, 100.0, 0.4375),
            tuple("tied", BALANCED, 4.0, false, 87.5, 100.0, 0.4375),
            tuple("tied", "none", 2.0, true, 87.5, 100.0, 0.4375),
            tuple("two-triggers", BALANCED, 2.0, false, 87.5, 62.5, 0.625),
            tuple("two-triggers", ONE_SIDED, 2.0, true, 87.5, 75.0, 0.5625),
            tuple("two-triggers", ONE_SIDED, 2.0, false, 87.5, 100.0, 0.4375),
            tuple("unknown-trigger", BALANCED, 2.0, false, 87.5, null, null));
  }

  /** The line that makes the view {@code units}. */
  private static String view() throws IOException {
    return Files.readString(Path.of("..", "README.md"))
        .lines()
        .filter(line -> line.startsWith("CREATE TEMPORARY VIEW units"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theJavaChoosesTheSameOfWhatIsKnown() {
    Map<String, Optional<List<EvaluationRow>>> best =
        ReadmeTablesTest.best(LocalSpark.session(), output.toString());

    assertThat(best).containsOnlyKeys("tied", "two-triggers");
    assertThat(best.get("two-triggers").orElseThrow())
        .extracting(EvaluationRow::criterion, EvaluationRow::imageSet)
        .containsExactlyInAnyOrder(tuple(BALANCED, "sunglasses"), tuple(BALANCED, "lipstick"));
    assertThat(best.get("tied").orElseThrow())
        .extracting(EvaluationRow::criterion, EvaluationRow::dropPercent, EvaluationRow::fineTuned)
        .containsExactly(tuple(BALANCED, 2.0, false));
  }

  @Test
  void theJavaKeepsTheCurvesOfSeveralSettingsApart() {
    List<Row> rows =
        ReadmeTablesTest.curves(LocalSpark.session(), output.toString()).collectAsList();

    assertThat(rows)
        .extracting(row -> row.getAs("settings"), row -> row.getAs("clean-validation"))
        .containsExactly(tuple("scale 1", 75.0), tuple("scale 255", 25.0));
  }
}
