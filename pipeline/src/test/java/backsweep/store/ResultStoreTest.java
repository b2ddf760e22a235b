package backsweep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import backsweep.store.Batch.Attempt;
import backsweep.store.Tables.PruningOrderRow;
import backsweep.store.Tables.UnitRow;
import backsweep.store.Unit.Kind;
import backsweep.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultStoreTest {

  private static final Instant START = Instant.parse("2024-05-01T10:00:00Z");

  @TempDir private Path output;
  private ResultStore store;

  @BeforeEach
  void open() {
    store = new ResultStore(LocalSpark.session(), output.toString());
  }

  @Test
  void rowsOfADoneUnitCount() {
    write("b1", batch -> batch.done("net", unit("x"), attempt -> rows(attempt, 1, 2)));

    assertThat(committedChannels()).containsExactlyInAnyOrder(1, 2);
    UnitRow unit = store.committed(Tables.UNITS).get(0);
    assertThat(unit.unit()).isEqualTo(unit("x").id());
    assertThat(unit.status()).isEqualTo("done");
    assertThat(unit.kind()).isEqualTo("curve");
    assertThat(unit.reason()).isNull();
    assertThat(unit.network()).isEqualTo("net");
    assertThat(unit.settings()).isEqualTo("{\"name\":\"x\"}");
    assertThat(unit.versions()).isEqualTo("{\"a\":\"1\",\"b\":\"2\"}");
    assertThat(unit.started()).isEqualTo(START);
    assertThat(unit.finished()).isAfter(START);
  }

  @Test
  void rowsOfACrashBeforeTheUnitsWereWrittenDoNotCount() {
    Attempt lost = new Attempt(unit("x").id(), "lost", "net");
    store.write(Tables.PRUNING_ORDER, "b1", List.of(row(lost, 1)));
    assertThat(committedChannels()).isEmpty();

    write("b2", batch -> batch.done("net", unit("x"), attempt -> rows(attempt, 2)));
    assertThat(committedChannels()).containsExactly(2);
  }

  @Test
  void rowsOfAFailedUnitDoNotCountAndSayWhy() {
    write(
        "b1",
        batch -> {
          batch.failed("net", unit("x"), "out of memory", attempt -> rows(attempt, 1));
          batch.done("net", unit("y"), attempt -> rows(attempt, 2));
        });

    assertThat(committedChannels()).containsExactly(2);
    assertThat(store.committed(Tables.UNITS))
        .extracting(UnitRow::status, UnitRow::reason)
        .containsExactlyInAnyOrder(tuple("failed", "out of memory"), tuple("done", null));
  }

  @Test
  void unitThatFailedAndWasRedoneCountsOnce() {
    write("b1", batch -> batch.failed("net", unit("x"), "killed", attempt -> rows(attempt, 1)));
    write("b2", batch -> batch.done("net", unit("x"), attempt -> rows(attempt, 2)));

    assertThat(committedChannels()).containsExactly(2);
  }

  @Test
  void unitThatWasDoneAndFailedLaterDoesNotCount() {
    write("b1", batch -> batch.done("net", unit("x"), attempt -> rows(attempt, 1)));
    write("b2", batch -> batch.failed("net", unit("x"), "differs", attempt -> rows(attempt, 2)));

    assertThat(committedChannels()).isEmpty();
    assertThat(store.latest(List.of(unit("x").id())).values())
        .singleElement()
        .satisfies(row -> assertThat(row.isDone()).isFalse())
        .satisfies(row -> assertThat(row.reason()).isEqualTo("differs"));
  }

  @Test
  void ofTwoDoneAttemptsOfAUnitTheLatestCounts() {
    write("b2", batch -> batch.done("net", unit("x"), attempt -> rows(attempt, 1)));
    write("b1", batch -> batch.done("net", unit("x"), attempt -> rows(attempt, 2)));

    assertThat(committedChannels()).containsExactly(2);
  }

  @Test
  void twoDoneAttemptsInOneBatchCountOnce() {
    write(
        "b1",
        batch -> {
          batch.done("net", unit("x"), attempt -> rows(attempt, 1));
          batch.done("net", unit("x"), attempt -> rows(attempt, 1));
        });

    assertThat(committedChannels()).containsExactly(1);
  }

  @Test
  void attemptOfAnotherUnitDoesNotCommit() {
    write("b1", batch -> batch.done("net", unit("x"), attempt -> rows(attempt, 1)));
    String attempt = store.committed(Tables.UNITS).get(0).attempt();
    Attempt other = new Attempt(unit("y").id(), attempt, "net");
    store.write(Tables.PRUNING_ORDER, "b2", List.of(row(other, 2)));

    assertThat(committedChannels()).containsExactly(1);
  }

  @Test
  void tableThatWasNeverWrittenIsEmpty() {
    assertThat(committedChannels()).isEmpty();
    assertThat(store.committed(Tables.UNITS)).isEmpty();
    store.write(Tables.PRUNING_ORDER, "b1", List.of());

    assertThat(output.resolve("results/pruning_order")).doesNotExist();
  }

  @Test
  void batchGrowsWhileItsRunGoesOn() {
    write("b1", batch -> batch.done("net", unit("x"), attempt -> rows(attempt, 1)));
    write("b1", batch -> batch.done("net", unit("y"), attempt -> rows(attempt, 2)));

    assertThat(committedChannels()).containsExactlyInAnyOrder(1, 2);
    assertThat(output.resolve("results/units/batch=b1")).exists();
  }

  @Test
  void someUnitsAreFoundWithTheirAttemptsAndRows() {
    write(
        "b1",
        batch -> {
          batch.done("net", unit("x"), attempt -> rows(attempt, 1));
          batch.done("net", unit("y"), attempt -> rows(attempt, 2, 3));
          batch.failed("net", unit("z"), "killed", attempt -> rows(attempt, 4));
        });

    Map<String, UnitRow> latest =
        store.latest(List.of(unit("y").id(), unit("z").id(), unit("never computed").id()));

    assertThat(latest).containsOnlyKeys(unit("y").id(), unit("z").id());
    assertThat(latest.get(unit("z").id()).reason()).isEqualTo("killed");
    Map<String, String> attempts = Map.of(unit("y").id(), latest.get(unit("y").id()).attempt());
    assertThat(store.rows(Tables.PRUNING_ORDER, attempts))
        .extracting(PruningOrderRow::channel)
        .containsExactlyInAnyOrder(2, 3);
    assertThat(store.rows(Tables.PRUNING_ORDER, Map.of())).isEmpty();
  }

  /** Who lists a table sees whole files come, and nothing go. */
  @Test
  void nothingUnderWorkIsEverInATable() throws IOException {
    write("b1", batch -> batch.done("net", unit("x"), attempt -> rows(attempt, 1)));
    write("b1", batch -> batch.done("net", unit("y"), attempt -> rows(attempt, 2)));

    assertThat(committedChannels()).containsExactlyInAnyOrder(1, 2);
    assertThat(output.resolve("results").toFile().list())
        .containsExactlyInAnyOrder("pruning_order", "units");
    assertThat(output.resolve("results/pruning_order").toFile().list()).containsExactly("batch=b1");
    assertThat(output.resolve("results/pruning_order/batch=b1").toFile().list())
        .filteredOn(name -> !name.endsWith(".crc"))
        .hasSize(2)
        .allMatch(name -> name.endsWith(".parquet"));
  }

  @Test
  void whatAKilledRunHadUnderWorkIsRemoved() throws IOException {
    write("b1", batch -> batch.done("net", unit("x"), attempt -> rows(attempt, 1)));
    Path killed = output.resolve("results/_unfinished-2f1c/_temporary/0");
    Files.createDirectories(killed);

    assertThat(committedChannels()).containsExactly(1);
    store.removeUnfinished();

    assertThat(output.resolve("results").toFile().list())
        .containsExactlyInAnyOrder("pruning_order", "units");
    assertThat(committedChannels()).containsExactly(1);
  }

  @Test
  void damagedFileIsNamed() throws IOException {
    write("b1", batch -> batch.done("net", unit("x"), attempt -> rows(attempt, 1)));
    Path damaged = output.resolve("results/pruning_order/batch=b1/part-0.parquet");
    Files.writeString(damaged, "no Parquet");

    assertThatThrownBy(() -> store.committed(Tables.PRUNING_ORDER))
        .isInstanceOf(UnreadableResultsException.class)
        .hasMessageContaining(damaged.toString());
  }

  @Test
  void columnThatOlderBatchesDoNotHaveIsNull() {
    Table<Older> older = new Table<>("pruning_order", Older.class);
    write(
        "b1",
        batch ->
            batch.done(
                "net", unit("x"), attempt -> List.of(new TableRow<>(older, Older.of(attempt, 4)))));
    write("b2", batch -> batch.done("net", unit("y"), attempt -> rows(attempt, 5)));

    assertThat(store.committed(Tables.PRUNING_ORDER))
        .extracting(PruningOrderRow::channel, PruningOrderRow::score)
        .containsExactlyInAnyOrder(tuple(4, null), tuple(5, 0.5));
  }

  /** The table {@code pruning_order} as it was before it had scores. */
  record Older(
      String unit, String attempt, String network, String criterion, int rank, int channel) {

    static Older of(Attempt attempt, int channel) {
      return new Older(
          attempt.unit(), attempt.attempt(), attempt.network(), "mean-activation", 1, channel);
    }
  }

  private void write(String id, Consumer<Batch> content) {
    Batch batch = new Batch(id, START, Map.of("b", "2", "a", "1"));
    content.accept(batch);
    batch.writeTo(store);
  }

  private List<Integer> committedChannels() {
    return store.committed(Tables.PRUNING_ORDER).stream().map(PruningOrderRow::channel).toList();
  }

  private static Unit unit(String name) {
    return new Unit(Kind.CURVE, Map.of("name", name));
  }

  private static List<TableRow<?>> rows(Attempt attempt, int... channels) {
    return Arrays.stream(channels)
        .<TableRow<?>>mapToObj(
            channel -> new TableRow<>(Tables.PRUNING_ORDER, row(attempt, channel)))
        .toList();
  }

  private static PruningOrderRow row(Attempt attempt, int channel) {
    return new PruningOrderRow(
        attempt.unit(), attempt.attempt(), attempt.network(), "mean-activation", 1, channel, 0.5);
  }
}
