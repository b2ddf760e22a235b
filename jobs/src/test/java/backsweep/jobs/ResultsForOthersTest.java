package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.store.Table;
import backsweep.store.Tables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results can be given away: neither the home of who made them nor a secret is in them. */
class ResultsForOthersTest {

  private static final String SECRET = "hunter2secret";
  private static final String SETTING = "spark.hadoop.fs.s3a.secret.key";

  private final String homeBefore = System.getProperty("user.home");

  @TempDir private Path folder;
  private SweepCall call;
  private Path out;

  /** What is native has been loaded by then: it is unpacked below the home. */
  @BeforeEach
  void beAlice() throws IOException {
    Path home = Files.createDirectories(folder.resolve("home/alice"));
    call = SweepCall.withNetworks(home);
    out = home.resolve("out");
    System.setProperty("user.home", home.toString());
    System.setProperty(SETTING, SECRET);
  }

  @AfterEach
  void beOneself() {
    System.setProperty("user.home", homeBefore);
    System.clearProperty(SETTING);
  }

  private String everything() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> tree = Files.walk(out)) {
      for (Path path : tree.filter(Files::isRegularFile).toList()) {
        all.append(out.relativize(path))
            .append(new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString() + rows();
  }

  /** The pages of Parquet files are compressed. */
  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    try (SparkSession spark = SparkSession.builder().master("local[1]").getOrCreate()) {
      for (Table<?> table : Tables.all()) {
        Path path = out.resolve("results").resolve(table.name());
        if (Files.exists(path)) {
          rows.addAll(spark.read().parquet(path.toString()).collectAsList());
        }
      }
    }
    return rows;
  }

  private void assertCanBeGivenAway() throws IOException {
    assertThat(rows()).hasSizeGreaterThan(100);
    String everything = everything();
    assertThat(everything.contains("manifest.json")).isTrue();
    for (String kept : List.of(folder.toString(), SECRET, "AKIAKEY", "home/alice")) {
      int place = everything.indexOf(kept);
      assertThat(place < 0 ? "" : everything.substring(Math.max(0, place - 80), place + 80))
          .isEmpty();
    }
  }

  @Test
  void ofASweep() throws IOException {
    Edited.truncated(call.file("zoo/one.h5"), 100, call.file("zoo/broken.h5"));
    Edited.copied(call.file("zoo/two.h5"), call.file("other.h5"));
    Path list =
        Edited.text(
            """
            backsweep.networks = [
              { path = "%s" }
              { path = "%s", clean-test = "s3a://AKIAKEY:%s@bucket/test.h5" }
            ]
            """
                .formatted(call.file("zoo/*.h5"), call.file("other.h5"), SECRET),
            call.file("some.conf"));

    Outcome outcome =
        call.into(out, "--config=" + list, "--progress=none", "--criterion=mean-activation");

    assertThat(outcome.code()).as(outcome.err() + outcome.log()).isEqualTo(1);
    assertThat(outcome.out()).containsPattern("\n +4 +2 +0 +2\n");
    assertCanBeGivenAway();
    assertThat(WrittenTable.read(out, "networks", "file"))
        .extracting(row -> row.getString(0))
        .containsExactly("~/zoo/one.h5", "~/zoo/two.h5");
    assertThat(WrittenTable.read(out, "image_sets", "file"))
        .extracting(row -> row.getString(0))
        .contains("~/images.h5", "~/square.h5");
    assertThat(WrittenTable.read(out, "units", "reason", "status"))
        .filteredOn(row -> row.getString(1).equals("failed"))
        .extracting(row -> row.getString(0))
        .satisfiesExactly(
            reason ->
                assertThat(reason).startsWith("inputs (to be tried again): s3a://bucket/test.h5: "),
            reason -> assertThat(reason).startsWith("inputs: ~/zoo/broken.h5: "));

    Outcome again =
        call.into(out, "--config=" + list, "--progress=none", "--criterion=mean-activation");
    assertThat(again.log())
        .contains("mean-activation: channel statistics, 3 of 3 curves, 2 of 2 repairs");
    assertThat(again.out())
        .containsPattern(
            "\\] \\Q%s\\E  FAILED at inputs on [-\\d]{10} [:\\d]{8} UTC, not tried again \\(--retry-failed does\\): expected an HDF5 file"
                .formatted(call.file("zoo/broken.h5")));
    assertCanBeGivenAway();
  }

  @Test
  void ofADefence() throws IOException {
    Outcome outcome =
        Outcome.of(
            "defend",
            "--network=" + call.file("zoo/one.h5"),
            "--clean-validation=" + call.file("images.h5"),
            "--clean-test=" + call.file("images.h5"),
            "--poisoned=square=" + call.file("square.h5"),
            "--output=" + out,
            "--progress=none");

    assertThat(outcome.code()).as(outcome.err() + outcome.log()).isZero();
    assertCanBeGivenAway();
  }
}
