package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several criteria in one run. */
class CriteriaTest {

  @TempDir private Path folder;

  private static Outcome done(DefendCall call) {
    Outcome outcome = call.run();
    assertThat(outcome.code()).as(outcome.err() + outcome.log()).isZero();
    return outcome;
  }

  private Path output(String name) {
    return folder.resolve(name);
  }

  private static DefendCall call(Path output, String criteria) {
    return DefendCall.into(output).reporting("bn_after").with("--criterion", criteria);
  }

  /** The rows of a table that count, of one criterion. */
  private static List<Map<String, Object>> rows(Path output, String table, String criterion) {
    return CommittedTables.of(output).rows().get(table).stream()
        .filter(row -> row.get("criterion").equals(criterion))
        .toList();
  }

  @Test
  void eachGivesWhatItGivesAlone() {
    Path together = output("together");
    Outcome outcome = done(call(together, "mean-activation,apoz,random"));

    assertThat(outcome.out())
        .contains(
            "Pruning   last (12 channels), ranked by mean-activation of stat; ranked by apoz of"
                + " stat; ranked by random-1; ")
        .contains("In the order of mean-activation:", "In the order of apoz:")
        .doesNotContain("In the order of random")
        .contains("Criteria at X = 2 %, trigger:", "Criteria at X = 10 %, trigger:")
        .containsPattern("\n  apoz +\\d+ +[\\d.]+ +[\\d.]+ +0\\.\\d{3} +0\\.\\d{3}\n")
        .containsPattern("\n  random \\(5 orders\\) +\\d+-\\d+ ");
    for (String criterion : List.of("mean-activation", "apoz")) {
      Path alone = output(criterion);
      done(call(alone, criterion));
      for (String table : List.of("pruning_order", "pruning_curve", "evaluations", "detectors")) {
        assertThat(rows(together, table, criterion))
            .isNotEmpty()
            .isEqualTo(rows(alone, table, criterion));
      }
    }
    assertThat(FileTree.of(together).ending(".h5")).hasSize(6);
    assertThat(rows(together, "pruning_curve", "random-5")).hasSize(3 * 13);
    assertThat(rows(together, "evaluations", "random-5")).hasSize(3 * 3);
  }

  @Test
  void anotherOneIsAddedToWhatIsThere() {
    Path output = output("out");
    done(call(output, "mean-activation"));
    Outcome outcome = done(call(output, "mean-activation,kernel-l1,channel-lipschitz"));

    assertThat(outcome.log())
        .contains("Recalled from earlier runs, mean-activation: channel statistics, 3 of 3 curves")
        .contains("Recalled from earlier runs, kernel-l1: channel statistics, 0 of 3 curves");
    assertThat(WrittenTable.read(output, "units", "kind"))
        .containsOnlyOnce(RowFactory.create("statistics"))
        .filteredOn(row -> row.getString(0).equals("curve"))
        .hasSize(9);
  }

  @Test
  void theDetectorIsShownByWhatADefenderCanChoose() {
    Outcome outcome = done(call(output("out"), "mean-activation"));

    assertThat(outcome.out())
        .containsPattern(
            "\nG by first disagreement: AUROC 0\\.\\d{3}; up to step \\d+, chosen on validation"
                + " images, it flags [\\d.]+ % of poisoned and [\\d.]+ % of clean images\\.\n")
        .doesNotContain("Criteria at X");
  }
}
