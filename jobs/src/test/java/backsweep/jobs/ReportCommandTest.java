package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.report.FileName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run leaves a page, and the command makes it again. */
class ReportCommandTest {

  @TempDir private static Path folder;
  private static Path output;
  private static Outcome defended;
  private static String name;

  /** A network whose name is a script. */
  @BeforeAll
  static void defend() throws IOException {
    output = folder.resolve("out");
    Path network = folder.resolve("<img src=x onerror=alert(1)>.h5");
    Files.copy(Path.of(Fixture.path("zoo/bn_after.h5").toString()), network);
    defended =
        DefendCall.into(output)
            .reporting("bn_after")
            .with("--network", network)
            .with("--criterion", "mean-activation,random")
            .run();
    try (var repaired = Files.list(output.resolve("repaired"))) {
      name = repaired.findFirst().orElseThrow().getFileName().toString();
    }
  }

  private static Outcome report(String... options) {
    List<String> arguments = new ArrayList<>(List.of("report", "--output=" + output));
    arguments.addAll(List.of(options));
    return Outcome.of(arguments.toArray(String[]::new));
  }

  private static String page(String file) throws IOException {
    return Files.readString(output.resolve(file));
  }

  @Test
  void aRunLeavesAPage() throws IOException {
    assertThat(defended.err()).isEmpty();
    assertThat(defended.code()).isZero();
    assertThat(defended.out()).contains("Report    " + output + "/report.html");
    assertThat(page("report.html"))
        .contains("1 network, pruned channel by channel", "In the order of mean-activation")
        .contains("99.50", "random orders, clean accuracy")
        .contains("&lt;img src=x onerror=alert(1)&gt;")
        .doesNotContain("<img src=x");
  }

  @Test
  void theCommandMakesTheSamePageAgain() throws IOException {
    String before = page("report.html");

    Outcome again = report();

    assertThat(again.code()).isZero();
    assertThat(again.out()).isEqualTo("Written   %s/report.html%n".formatted(output));
    assertThat(page("report.html")).isEqualTo(before);
  }

  @Test
  void oneNetworkHasAPageAndPicturesOfItsOwn() throws IOException {
    Outcome one = report("--network=" + name, "--pictures");

    String file = FileName.of(name);
    assertThat(file).startsWith("_img_src_x_onerror_alert_1__-");
    assertThat(one.err()).isEmpty();
    assertThat(one.code()).isZero();
    assertThat(page("report-" + file + ".html")).contains("1 network, pruned");
    assertThat(Files.readString(output.resolve("report/" + file + "/curve-mean-activation.svg")))
        .startsWith("<svg")
        .contains("clean accuracy");
    assertThat(output.resolve("report/" + file + "/channels.png")).isNotEmptyFile();
    assertThat(output.resolve("report/" + file + "/channels-driven.png")).isNotEmptyFile();
    assertThat(output.resolve("report/" + file + "/roc-mean-activation.png")).isNotEmptyFile();
  }

  @Test
  void aPageCanDoWithoutImages() throws IOException {
    Outcome without = report("--network=" + name, "--images=0");

    assertThat(without.code()).isZero();
    assertThat(page("report-" + FileName.of(name) + ".html"))
        .contains("1 network, pruned")
        .doesNotContain("<img src", "Images and answers");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 21})
  void imagesAreNotTooMany(int images) {
    Outcome outcome = report("--images=" + images);

    assertThat(outcome.code()).isEqualTo(ExitCode.WRONG_USAGE.number());
    assertThat(outcome.err())
        .contains("--images: expected a whole number from 0 to 20, found " + images);
  }

  @Test
  void aNetworkThatNobodyKnowsIsAnErrorThatNamesTheOthers() {
    Outcome unknown = report("--network=other");

    assertThat(unknown.code()).isEqualTo(ExitCode.WRONG_USAGE.number());
    assertThat(unknown.err()).contains("--network: expected a network of", "found other", name);
  }

  @Test
  void anOutputWithoutResultsIsAnError() {
    Path empty = folder.resolve("nothing");

    Outcome none = Outcome.of("report", "--output=" + empty);

    assertThat(none.code()).isEqualTo(ExitCode.WRONG_USAGE.number());
    assertThat(none.err()).contains("--output: expected what defend or sweep wrote", "nothing");
    assertThat(empty).doesNotExist();
  }
}
