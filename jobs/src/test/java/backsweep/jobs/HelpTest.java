package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class HelpTest {

  private static CommandLine command(String name) {
    return Backsweep.commands().getSubcommands().get(name);
  }

  @Test
  void ofTheProgramListsItsCommands() {
    Outcome outcome = Outcome.of("--help");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("Usage: backsweep", "defend", "Prunes a network", "sweep");
    assertThat(Outcome.of().out()).isEqualTo(outcome.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"defend", "sweep", "doctor"})
  void ofACommandDocumentsEveryOption(String name) {
    Outcome outcome = Outcome.of(name, "--help");
    assertThat(outcome.code()).isZero();
    for (OptionSpec option : command(name).getCommandSpec().options()) {
      assertThat(outcome.out()).contains(option.longestName());
      assertThat(option.description()).as(option.longestName()).isNotEmpty();
    }
    assertThat(outcome.out()).contains("Exit codes:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"defend", "sweep", "doctor"})
  void ofACommandHasLinesThatFitATerminal(String name) {
    assertThat(Outcome.of(name, "--help").out().lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  @ParameterizedTest
  @ValueSource(strings = {"defend", "sweep", "doctor"})
  void ofACommandHasAFooterOfUnbrokenLines(String name) {
    assertThat(Outcome.of(name, "--help").out().lines())
        .contains(command(name).getCommandSpec().usageMessage().footer());
  }

  @Test
  void ofASweepHasTheOptionsOfADefence() {
    Set<String> ofSweep = names("sweep");
    assertThat(ofSweep).containsAll(names("defend"));
    ofSweep.removeAll(names("defend"));
    assertThat(ofSweep).containsExactlyInAnyOrder("--networks-per-batch", "--fail-on");
  }

  private static Set<String> names(String command) {
    return command(command).getCommandSpec().options().stream()
        .map(OptionSpec::longestName)
        .collect(Collectors.toSet());
  }

  static Stream<String> examples() {
    return Stream.of("defend", "sweep").flatMap(HelpTest::examples);
  }

  private static Stream<String> examples(String command) {
    String footer = String.join("\n", command(command).getCommandSpec().usageMessage().footer());
    return Arrays.stream(footer.replace("\\\n", " ").split("\n"))
        .map(String::strip)
        .filter(line -> line.startsWith("backsweep "));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void hasExamplesThatAreUnderstood(String example) {
    List<String> arguments = new ArrayList<>(List.of(example.split(" +")));
    arguments.remove(0);
    CommandLine.ParseResult parsed =
        Backsweep.commands().parseArgs(arguments.toArray(String[]::new));
    assertThat(parsed.subcommand().matchedOptionsSet()).isNotEmpty();
    assertThat(
            parsed.subcommand().hasMatchedOption("--clean-validation")
                || parsed.subcommand().hasMatchedOption("--config"))
        .isTrue();
  }

  @Test
  void hasSeveralExamples() {
    assertThat(examples()).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void versionIsThatOfTheBuild() {
    assertThat(Outcome.of("--version").out()).startsWith("backsweep 0.");
  }
}
