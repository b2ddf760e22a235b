package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class HelpTest {

  private static CommandLine command(String name) {
    CommandLine command = Backsweep.commands();
    for (String part : name.split(" ", -1)) {
      command = command.getSubcommands().get(part);
    }
    return command;
  }

  /** All that do something, such as {@code images faces}. */
  static List<String> commands() {
    return HelpExamples.pages()
        .filter(page -> page.getSubcommands().isEmpty())
        .map(page -> page.getCommandSpec().qualifiedName())
        .map(name -> name.substring("backsweep ".length()))
        .toList();
  }

  private static Outcome help(String name) {
    return Outcome.of((name + " --help").split(" ", -1));
  }

  @Test
  void thereIsOneOfEveryCommand() {
    assertThat(commands())
        .contains("defend", "sweep", "report", "classify", "poison", "images faces", "doctor")
        .hasSizeGreaterThan(8);
  }

  @Test
  void ofTheProgramListsItsCommands() {
    Outcome outcome = Outcome.of("--help");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("Usage: backsweep", "defend", "Prunes a network", "sweep");
    assertThat(Outcome.of().out()).isEqualTo(outcome.out());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void ofACommandDocumentsEveryOption(String name) {
    Outcome outcome = help(name);
    assertThat(outcome.code()).isZero();
    for (OptionSpec option : command(name).getCommandSpec().options()) {
      assertThat(outcome.out()).contains(option.longestName());
      assertThat(option.description()).as(option.longestName()).isNotEmpty();
    }
    assertThat(outcome.out()).contains("Exit codes:");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void ofACommandHasLinesThatFitATerminal(String name) {
    assertThat(help(name).out().lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void ofACommandHasAFooterOfUnbrokenLines(String name) {
    assertThat(help(name).out().lines())
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

  static List<String> examples() {
    return HelpExamples.all();
  }

  /** That they do what they say is another test's. */
  @ParameterizedTest
  @MethodSource("examples")
  void hasExamplesThatAreUnderstood(String example) {
    String[] arguments = HelpExamples.arguments(example).toArray(String[]::new);
    CommandLine.ParseResult parsed = Backsweep.commands().parseArgs(arguments);

    assertThat(parsed.hasSubcommand()).isTrue();
    assertThat(parsed.errors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"defend", "sweep"})
  void ofADefenceHasExamplesThatNameTheirImages(String name) {
    List<String> examples = HelpExamples.of(command(name));
    assertThat(examples)
        .hasSizeGreaterThanOrEqualTo(3)
        .allMatch(
            example -> example.contains("--clean-validation") || example.contains("--config"));
  }

  @Test
  void versionIsThatOfTheBuild() {
    assertThat(Outcome.of("--version").out()).startsWith("backsweep 0.");
  }
}
