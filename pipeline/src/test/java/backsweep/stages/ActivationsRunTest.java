package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.images.ImageSet;
import backsweep.store.ImageStore;
import backsweep.store.ImportedImages;
import backsweep.store.OutputLock;
import backsweep.store.ResultStore;
import backsweep.store.Table;
import backsweep.store.Tables;
import backsweep.store.Tables.ActivationRow;
import backsweep.store.Tables.ChannelStatisticsRow;
import backsweep.testing.Golden;
import backsweep.testing.LocalSpark;
import backsweep.testing.Logged;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mean activations of a small network of the fixtures, on images of its sets. */
class ActivationsRunTest {

  @TempDir private Path output;

  private <R extends Record> List<R> read(Table<R> table) {
    return new ResultStore(LocalSpark.session(), output.toString()).committed(table);
  }

  private static Map<Integer, ActivationRow> byChannel(List<ActivationRow> rows, String set) {
    return rows.stream()
        .filter(row -> row.imageSet().equals(set))
        .collect(Collectors.toMap(ActivationRow::channel, Function.identity()));
  }

  @Test
  void rowsSayOnWhichImagesOfWhichSetsWhatWasMeasured() {
    DefendNetwork defend = Golden.BN_AFTER.defend(output, 2);
    Defence defence = defend.execute(defend.plan(), Run.begin(Map.of())).done().get(0);
    ImageSet poisoned = defence.poisoned().get(0).imageSet();

    List<ActivationRow> rows = read(Tables.ACTIVATIONS);

    assertThat(rows).hasSize(2 * 12);
    assertThat(byChannel(rows, "clean-validation"))
        .hasSize(12)
        .allSatisfy((channel, row) -> assertThat(row.images()).isEqualTo(256))
        .allSatisfy((channel, row) -> assertThat(row.role()).isEqualTo("clean_validation"));
    assertThat(byChannel(rows, "poisoned"))
        .hasSize(12)
        .allSatisfy((channel, row) -> assertThat(row.images()).isEqualTo(100))
        .allSatisfy((channel, row) -> assertThat(row.role()).isEqualTo("poisoned"))
        .allSatisfy(
            (channel, row) -> assertThat(row.imageSetSha256()).isEqualTo(poisoned.sha256()));
    assertThat(rows)
        .allSatisfy(row -> assertThat(row.layer()).isEqualTo("stat"))
        .allSatisfy(row -> assertThat(row.network()).isEqualTo(defence.plan().subject().name()));
    assertLikeStatistics(byChannel(rows, "clean-validation"));
  }

  /** Of most of the same images. */
  private void assertLikeStatistics(Map<Integer, ActivationRow> found) {
    for (ChannelStatisticsRow row : read(Tables.CHANNEL_STATISTICS)) {
      ActivationRow first = found.get(row.channel());
      double error = 4 * first.deviation() / Math.sqrt((double) first.images());
      assertThat(first.mean()).isBetween(row.mean() - error, row.mean() + error);
      assertThat(first.mean()).isNotEqualTo(row.mean());
    }
  }

  @Test
  void whereTheyCannotBeMeasuredThereAreNoneAndAWarningSaysWhy() {
    DefencePlan plan = Golden.BN_AFTER.defend(output, 2).plan().get(0);
    Begun begun = new Begun(plan, Recalled.NOTHING, Optional.empty());
    Map<ImageSet, ImportedImages> gone =
        plan.sets().stream()
            .collect(Collectors.toMap(set -> set, set -> new ImportedImages(set, "", false)));
    ImageStore store = new ImageStore(LocalSpark.session(), output.toString(), 2);

    try (Logged logged = Logged.byAll();
        OutputLock lock =
            OutputLock.acquire(
                LocalSpark.session().sessionState().newHadoopConf(), output.toString(), "test")) {
      CommitResults commit =
          new CommitResults(LocalSpark.session(), output.toString(), Run.begin(Map.of()), lock);
      new ActivationsRun(LocalSpark.session(), store, new StageClock(), commit)
          .execute(List.of(begun), gone, 512);

      assertThat(logged.lines())
          .filteredOn(line -> line.startsWith("WARN What triggers drive could not be measured: "))
          .hasSize(1)
          .allSatisfy(line -> assertThat(line).contains(plan.validation().sha256()));
    }
    assertThat(read(Tables.UNITS)).isEmpty();
    assertThat(read(Tables.ACTIVATIONS)).isEmpty();
  }
}
