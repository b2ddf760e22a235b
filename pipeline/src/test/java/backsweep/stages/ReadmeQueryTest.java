package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.evaluation.StepCounts;
import backsweep.pruning.PruningCurve;
import backsweep.store.OutputLock;
import backsweep.store.Table;
import backsweep.store.Tables;
import backsweep.testing.Golden;
import backsweep.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The query that the README shows, run as it stands there. */
class ReadmeQueryTest {

  @TempDir private Path output;

  @Test
  void countsEveryStepOnceThoughTheRunWasRepeated() throws IOException {
    DefendNetwork defend = Golden.BN_AFTER.defend(output, 2);
    Defence defence = defend.execute(defend.plan(), Run.begin(Map.of())).done().get(0);
    commitAgain(defence);
    SparkSession spark = LocalSpark.session().newSession();
    for (Table<?> table : List.of(Tables.UNITS, Tables.PRUNING_CURVE)) {
      spark
          .read()
          .parquet(output.resolve("results").resolve(table.name()).toString())
          .createOrReplaceTempView(table.name());
    }

    List<Row> rows = spark.sql(query()).collectAsList();

    assertThat(rows).hasSize(defence.curves().stream().mapToInt(c -> c.steps().size()).sum());
    PruningCurve validation = defence.validation().curve();
    assertThat(rows.stream().filter(row -> row.getAs("image_set").equals("clean-validation")))
        .extracting(row -> row.<Double>getAs("share"))
        .containsExactlyElementsOf(
            validation.steps().stream().map(step -> step.labelShare().fraction()).toList());
    assertFlagged(rows, defence.poisoned().get(0));
  }

  /** What disagrees up to a step. */
  private static void assertFlagged(List<Row> rows, PruningCurve curve) {
    List<Double> flagged = new ArrayList<>();
    long disagree = 0;
    for (StepCounts step : curve.steps()) {
      disagree += step.firstDisagreements();
      flagged.add((double) disagree / step.images());
    }
    assertThat(disagree).isPositive();
    assertThat(rows.stream().filter(row -> row.getAs("image_set").equals(curve.imageSet().name())))
        .extracting(row -> row.<Double>getAs("flagged"))
        .containsExactlyElementsOf(flagged);
  }

  /** As a second run does that finds what the first one left damaged. */
  private void commitAgain(Defence defence) {
    Configuration files = LocalSpark.session().sessionState().newHadoopConf();
    try (OutputLock lock = OutputLock.acquire(files, output.toString(), "test")) {
      new CommitResults(LocalSpark.session(), output.toString(), Run.begin(Map.of()), lock)
          .curves(Collections.nCopies(defence.curves().size(), defence.plan()), defence.curves());
    }
  }

  private static String query() throws IOException {
    String readme = Files.readString(Path.of("..", "README.md"));
    int begin = readme.indexOf("```sql\n") + "```sql\n".length();
    return readme.substring(begin, readme.indexOf("```", begin));
  }
}
