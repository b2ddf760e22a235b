package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExaminationTest {

  private static final long GIB = 1L << 30;
  private static final Machine LARGE =
      new Machine(
          "a processor", List.of("sse2", "avx", "avx2"), OptionalLong.of(64 * GIB), 2 * GIB);

  @TempDir private Path folder;

  private static void assertWrong(Finding finding, String... words) {
    assertThat(finding.isGood()).isFalse();
    assertThat(finding.text()).startsWith("! ").contains(words).hasLineCount(2);
  }

  @Test
  void looksForTheFeaturesOfProcessors() {
    Machine old = new Machine("an old one", List.of("sse2"), LARGE.memory(), LARGE.heap());
    Machine silent = new Machine("aarch64", List.of(), OptionalLong.empty(), LARGE.heap());
    Machine large =
        new Machine("new", List.of("avx", "avx2", "avx512f"), LARGE.memory(), LARGE.heap());

    assertThat(new Examination(LARGE).processor().text())
        .startsWith("  processor    a processor, ")
        .endsWith(", AVX2 yes, AVX-512 no");
    assertThat(new Examination(large).processor().text()).endsWith(", AVX2 yes, AVX-512 yes");
    assertThat(new Examination(silent).processor().isGood()).isTrue();
    assertWrong(new Examination(old).processor(), "AVX2 no, AVX-512 no, not even AVX");
  }

  @Test
  void wantsRoomInTheHeapAndBesideIt() {
    Machine small =
        new Machine("one", LARGE.features(), OptionalLong.of(2 * GIB + GIB / 2), 2 * GIB);
    Machine unknown = new Machine("one", LARGE.features(), OptionalLong.empty(), 2 * GIB);

    assertThat(new Examination(LARGE).memory().text())
        .isEqualTo("  memory       heap 2.0 GiB, machine 64.0 GiB");
    assertThat(new Examination(unknown).memory().isGood()).isTrue();
    assertThat(new Examination(small.withHeap(GIB)).memory().isGood()).isTrue();
    assertWrong(new Examination(small).memory(), "machine 2.5 GiB", "beside the heap");
    assertWrong(
        new Examination(LARGE.withHeap(GIB / 2)).memory(),
        "heap 0.5",
        "BACKSWEEP_DRIVER_MEMORY=1g");
  }

  @Test
  void wantsJava17() {
    assertThat(new Examination(LARGE).java(Runtime.Version.parse("17.0.9")).isGood()).isTrue();
    assertWrong(new Examination(LARGE).java(Runtime.Version.parse("21")), "21, ", "JAVA_HOME");
  }

  @Test
  void livesWithoutTensorFlow() {
    Finding finding =
        new Examination(LARGE)
            .tensorflow(
                () -> {
                  throw new UnsatisfiedLinkError("no tensorflow in java.library.path\nand more");
                });

    assertWrong(
        finding,
        "! tensorflow   java.lang.UnsatisfiedLinkError: no tensorflow in java.library.path\n",
        "-Dorg.bytedeco.javacpp.cachedir=FOLDER");
    assertThat(new Examination(LARGE).tensorflow(() -> "2.16.1").text())
        .isEqualTo("  tensorflow   2.16.1");
  }

  @Test
  void wantsRoomOnTheDisk() {
    assertThat(Examination.disk("output", "out", OptionalLong.empty(), "Go.").isGood()).isTrue();
    assertThat(Examination.disk("output", "out", OptionalLong.of(GIB), "Go.").text())
        .isEqualTo("  output       out, 1.0 GiB free");
    assertWrong(
        Examination.disk("output", "out", OptionalLong.of(GIB - 1), "Go elsewhere."),
        "Less than 1 GiB is left. Go elsewhere.");
  }

  @Test
  void triesWhetherScratchCanBeWritten() {
    assertThat(new Examination(LARGE).scratch(HadoopSettings.files(), folder).text())
        .startsWith("  scratch      " + folder.toUri() + ", can be written, ");
    Path file = Edited.text("in the place of a folder", folder.resolve("file"));
    assertWrong(
        new Examination(LARGE).scratch(HadoopSettings.files(), file.resolve("below")),
        file.toString(),
        "-Djava.io.tmpdir=FOLDER");
  }
}
