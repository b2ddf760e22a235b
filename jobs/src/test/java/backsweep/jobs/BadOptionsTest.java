package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadOptionsTest {

  @TempDir private Path folder;

  /** A call that has what is required; none of it is looked at. */
  private static DefendCall call() {
    return DefendCall.bare()
        .with("--network", "network.h5")
        .with("--clean-validation", "valid.h5")
        .with("--output", "/proc/out");
  }

  private static void assertUsage(Outcome outcome, String... problems) {
    assertThat(outcome.problems())
        .containsExactly(String.join("\n", problems).lines().toArray(String[]::new));
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.log()).isEmpty();
  }

  @Test
  void allRequiredOnesThatAreMissingAreReportedTogether() {
    assertUsage(
        DefendCall.bare().run(),
        "backsweep: --network is required (or backsweep.network in a configuration)",
        "--clean-validation is required (or backsweep.clean-validation in a configuration)",
        "--output is required (or backsweep.output in a configuration)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --drop-percent     | 0        | expected numbers above 0 and at most 100, found "0"
          --drop-percent     | -1       | expected numbers above 0 and at most 100, found "-1"
          --drop-percent     | 101      | expected numbers above 0 and at most 100, found "101"
          --drop-percent     | 2,abc    | expected numbers above 0 and at most 100, found "abc"
          --drop-percent     | 1e-99999 | expected numbers above 0 and at most 100, found "1e-99999"
          --drop-percent     | ''       | expected numbers above 0 and at most 100, found ""
          --drop-percent     | 2,,4     | expected numbers above 0 and at most 100, found ""
          --input-scale      | 0        | expected a number above 0, found "0"
          --input-scale      | -255     | expected a number above 0, found "-255"
          --input-scale      | NaN      | expected a number above 0, found "NaN"
          --input-scale      | Infinity | expected a number above 0, found "Infinity"
          --input-scale      | x/255    | expected a number above 0, found "x/255"
          --rule             | below    | expected one of first-below, last-within, found "below"
          --verify           | none     | expected one of first, full, found "none"
          --network          | ''       | expected a value, found an empty one
          --architecture     | ''       | expected a value, found an empty one
          --layer            | ''       | expected a value, found an empty one
          --statistics-layer | ' '      | expected a value, found an empty one
          --clean-test       | ''       | expected a value, found an empty one
          --criterion        | best     | expected any of active-share, anp, apoz, channel-lipschitz, given, kernel-l1, max-activation, mean-activation, none, random, taylor, found "best"
          --order            | ''       | expected a value, found an empty one
          """)
  void badValuesSayWhatIsExpectedAndWhatWasFound(String option, String value, String problem) {
    assertUsage(
        call().with(option, value).run(), "backsweep: " + option.substring(2) + ": " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          partitions=-1        | partitions: expected a whole number from 0 to 1000000, found "-1"
          partitions=2.5       | partitions: expected a whole number from 0 to 1000000, found "2.5"
          pairs-per-batch=0    | pairs-per-batch: expected a whole number from 1 to 65536, found "0"
          pairs-per-batch=many | pairs-per-batch: expected a whole number from 1 to 65536, found "many"
          rule=null            | rule: expected one of first-below, last-within, found "null"
          drop-percent=[]      | drop-percent: expected at least one number, found none
          output               | --set: expected key=value, found "output"
          random-orders=0      | random-orders: expected a whole number from 1 to 1000, found "0"
          report-images=21     | report-images: expected a whole number from 0 to 20, found "21"
          seed=x               | seed: expected a whole number from -9223372036854775808 to 9223372036854775807, found "x"
          criterion=given      | criterion: "given" needs an order (--order FILE)
          =out                 | --set: expected key=value, found "=out"
          """)
  void badAssignmentsSayWhatIsExpectedAndWhatWasFound(String set, String problem) {
    assertUsage(call().with("--set", set).run(), "backsweep: " + problem);
  }

  @Test
  void anOrderIsForTheCriterionGiven() {
    assertUsage(
        call().with("--order", "order.csv").with("--criterion", "apoz").run(),
        "backsweep: order: expected the criterion \"given\" among [apoz]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"clean-validation", "clean-test", ".", "-x", "sun glasses", "a/b", "$a", "é"})
  void namesOfPoisonedSetsAreWords(String name) {
    assertUsage(
        call().with("--poisoned", name + "=bd.h5").run(),
        "backsweep: poisoned: expected a name of letters, digits, '.', '_' and '-' other than"
            + " clean-test and clean-validation and fine-tuning, found \""
            + name
            + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bd.h5", "=bd.h5", "sunglasses=", ""})
  void poisonedSetsHaveANameAndAFile(String value) {
    assertUsage(
        call().with("--poisoned", value).run(),
        "backsweep: --poisoned: expected NAME=FILE, found \"" + value + "\"");
  }

  @Test
  void namesOfPoisonedSetsAreGivenOnce() {
    assertUsage(
        call().with("--poisoned", "a=1.h5").and("--poisoned", "a=2.h5").run(),
        "backsweep: --poisoned: expected every name once, found \"a\" again");
  }

  @Test
  void allProblemsAreReportedTogether() {
    assertUsage(
        DefendCall.bare()
            .with("--network", "network.h5")
            .with("--input-scale", 0)
            .with("--poisoned", "bd.h5")
            .with("--drop-percent", "0,200")
            .with("--set", "colour=red")
            .with("--progress", "loud")
            .run(),
        "backsweep: unknown key backsweep.colour; there are: anp-alpha, anp-epsilon, anp-images,"
            + " anp-iterations, architecture, clean-test, clean-validation, criterion, detector,"
            + " drop-percent, fail-on, fine-tune, fine-tune-batch-size, fine-tune-epochs, fine-tune-learning-rate,"
            + " fine-tune-normalization, fine-tune-weight-decay, image-layout, input-scale, layer,"
            + " network, networks, networks-per-batch, order, output, pairs-per-batch, partitions, poisoned, progress, progress-seconds,"
            + " random-orders, report-images, resize, retry-failed, rule, seed, statistics-layer, strip-alpha, strip-images,"
            + " strip-overlays, target, verify",
        "--poisoned: expected NAME=FILE, found \"bd.h5\"",
        "input-scale: expected a number above 0, found \"0\"",
        "--clean-validation is required (or backsweep.clean-validation in a configuration)",
        "drop-percent: expected numbers above 0 and at most 100, found \"0\"",
        "drop-percent: expected numbers above 0 and at most 100, found \"200\"",
        "--output is required (or backsweep.output in a configuration)",
        "progress: expected one of auto, none, plain, found \"loud\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          s4://bucket/network.h5 | No FileSystem for scheme "s4"
          a:b.h5                 | Relative path in absolute URI: a:b.h5
          """)
  void pathsOfNoFileSystemAreRefused(String path, String problem) {
    Outcome outcome = call().with("--network", path).run();
    assertThat(outcome.problems())
        .singleElement()
        .asString()
        .startsWith("backsweep: \"" + path + "\": expected a path such as /data/x.h5")
        .endsWith(problem);
    assertThat(outcome.code()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --colour=red | Unknown option: '--colour=red'
          --rules=x    | Unknown option: '--rules=x'
          data.h5      | Unmatched argument at index 1: 'data.h5'
          --rule       | Missing required parameter for option '--rule' (RULE)
          """)
  void whatIsNoOptionIsRefusedWithoutRepeatingTheManual(String argument, String problem) {
    Outcome outcome = Outcome.of("defend", argument);
    assertThat(outcome.problems()).hasSizeLessThan(4);
    assertThat(outcome.err()).startsWith("backsweep: " + problem);
    assertThat(outcome.code()).isEqualTo(2);
  }

  @Test
  void aMissingConfigurationIsReported() {
    Path missing = folder.resolve("missing.conf");
    Outcome outcome = call().with("--config", missing).run();
    assertThat(outcome.problems()).singleElement().asString().contains(missing.toString());
    assertThat(outcome.code()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          backsweep { network = }}        | --config
          backsweep = 5                   | expected keys below backsweep, found a value of its own
          backswept { rule = first-below} | unknown key backswept; every key is below backsweep
          backsweep { colour = red }      | unknown key backsweep.colour; there are: anp-alpha,
          backsweep { layer = ${x.y} }    | Could not resolve substitution to a value: ${x.y}
          backsweep { poisoned = bd.h5 }  | poisoned has type STRING rather than OBJECT
          backsweep { layer { a = 1 } }   | layer has type OBJECT rather than STRING
          """)
  void badConfigurationsAreReported(String text, String problem) {
    Path file = Edited.text(text, folder.resolve("bad.conf"));
    Outcome outcome = call().with("--config", file).run();
    assertThat(outcome.problems()).singleElement().asString().contains(problem);
    assertThat(outcome.code()).isEqualTo(2);
  }
}
