package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RerunTest {

  @TempDir private Path folder;

  private Outcome run(Path validation) {
    return run(validation, "2");
  }

  private Outcome run(Path validation, String dropPercent) {
    return DefendCall.into(folder.resolve("out"))
        .with("--clean-validation", validation)
        .with("--drop-percent", dropPercent)
        .run();
  }

  private FileTree output() {
    return FileTree.of(folder.resolve("out"));
  }

  @Test
  void ofTheSameCommandPrintsTheSameAndAddsItsManifestOnly() {
    Path validation = Fixture.path("data/bn_after_valid.h5");
    Outcome first = run(validation);
    FileTree before = output().files();

    Outcome second = run(validation);

    assertThat(second.code()).isZero();
    assertThat(withoutTimes(second)).isEqualTo(withoutTimes(first));
    assertThat(output().files().within(before)).isEqualTo(before);
    assertThat(output().files().entries()).hasSize(before.entries().size() + 1);
    assertThat(output().ending("manifest.json")).hasSizeGreaterThan(1);
  }

  @Test
  void onDamagedTablesSaysWhichFile() throws IOException {
    Path validation = Fixture.path("data/bn_after_valid.h5");
    run(validation);
    Path damaged = folder.resolve("out/results/units/batch=x/part-0.parquet");
    Files.createDirectories(damaged.getParent());
    Files.writeString(damaged, "no Parquet");

    Outcome second = run(validation);

    assertThat(second.code()).isEqualTo(ExitCode.FAILED.number());
    assertThat(second.err()).contains(damaged.toString()).doesNotContain("\tat ");
  }

  @Test
  void onAnotherValidationSetKeepsTheRepairOfTheFirst() {
    run(Fixture.path("data/bn_after_valid.h5"));
    FileTree before = output().filesButReport();

    Outcome second = run(Fixture.path("data/bn_after_test.h5"));

    assertThat(second.code()).isZero();
    assertThat(output().files().within(before)).isEqualTo(before);
    assertThat(output().ending(".h5")).hasSize(2);
    assertThat(second.out())
        .containsPattern("repaired/bn_after-[0-9a-f]{8}/mean-activation-first-below-2-\\w{8}.h5");
  }

  @Test
  void writesBesideARepairThatIsDamaged() {
    Path validation = Fixture.path("data/bn_after_valid.h5");
    run(validation);
    Path repaired = ending("first-below-2.h5");
    Path detector = ending("first-below-2/saved_model.pb");
    Edited.truncated(repaired, 1000, repaired);
    Edited.patched(detector, 100, new byte[] {1, 2, 3}, detector);
    FileTree before = output().filesButReport();

    Outcome second = run(validation);

    assertThat(second.code()).isZero();
    assertThat(output().files().within(before)).isEqualTo(before);
    assertThat(second.out())
        .containsPattern("repaired/bn_after-[0-9a-f]{8}/mean-activation-first-below-2-\\w{8}.h5")
        .containsPattern("goodnet/bn_after-[0-9a-f]{8}/mean-activation-first-below-2-\\w{8}/");
  }

  @Test
  void importsBlocksAgainThatAreDamaged() {
    Path validation = Fixture.path("data/bn_after_valid.h5");
    run(validation);
    Path block = ending(".parquet");
    Edited.truncated(block, 10, block);

    Outcome second = run(validation, "2,4");

    assertThat(second.code()).isZero();
    assertThat(second.err()).isEmpty();
    assertThat(second.out()).contains("first-below-4.h5");
    assertThat(second.log())
        .contains("WARN ImageStore: The stored blocks of clean-validation are not what was written")
        .contains(block + ": expected ")
        .doesNotContain("ERROR", "\tat ");
  }

  private Path ending(String suffix) {
    return folder.resolve("out").resolve(output().ending(suffix).findFirst().orElseThrow());
  }

  private static List<String> withoutTimes(Outcome outcome) {
    return outcome.out().lines().filter(line -> !line.startsWith("Time ")).toList();
  }
}
