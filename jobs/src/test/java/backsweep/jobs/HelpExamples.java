package backsweep.jobs;

import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The examples on the pages of help, as a person would copy them. */
final class HelpExamples {

  private static final String PROGRAM = "backsweep ";

  /** What a shell takes for one argument, of what is used in examples. */
  private static final Pattern ARGUMENT = Pattern.compile("(?:'[^']*'|[^\\s'])+");

  private HelpExamples() {}

  /** Every command, and the program itself: each has a page. */
  static Stream<CommandLine> pages() {
    return below(Backsweep.commands());
  }

  private static Stream<CommandLine> below(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().flatMap(HelpExamples::below));
  }

  /** Those of all pages, each once. */
  static List<String> all() {
    return pages().flatMap(page -> of(page).stream()).distinct().toList();
  }

  /** Those of a page, continued lines joined. */
  static List<String> of(CommandLine page) {
    String footer = String.join("\n", page.getCommandSpec().usageMessage().footer());
    return Arrays.stream(footer.replace("\\\n", " ").split("\n"))
        .map(String::strip)
        .filter(line -> line.startsWith(PROGRAM))
        .toList();
  }

  /** The arguments behind the program's name. */
  static List<String> arguments(String example) {
    return ARGUMENT
        .matcher(example.substring(PROGRAM.length()))
        .results()
        .map(MatchResult::group)
        .map(argument -> argument.replace("'", ""))
        .toList();
  }
}
