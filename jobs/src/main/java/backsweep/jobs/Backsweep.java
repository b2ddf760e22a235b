package backsweep.jobs;

import backsweep.store.CopiedFrom;
import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The main class: every command of Backsweep hangs below it. */
@Command(
    name = "backsweep",
    description = "Sweeps backdoors out of neural networks, on Apache Spark.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  From nothing to a defended network:",
      "    backsweep demo",
      "  Whether all is well here:",
      "    backsweep doctor",
      "  All about a command:",
      "    backsweep defend --help"
    },
    subcommands = {
      DemoCommand.class,
      DefendCommand.class,
      SweepCommand.class,
      ReportCommand.class,
      ClassifyCommand.class,
      TrainCommand.class,
      PoisonCommand.class,
      ImagesCommand.class,
      DoctorCommand.class
    })
public final class Backsweep implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Backsweep.class);

  private Backsweep() {}

  /** Runs the command that {@code arguments} name, and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** All commands. */
  static CommandLine commands() {
    return new CommandLine(new Backsweep());
  }

  /** Runs the command that {@code arguments} name; whatever happens, an exit code comes of it. */
  static int run(String... arguments) {
    CommandLine commands = commands();
    try {
      return commands
          .setParameterExceptionHandler((problem, wrong) -> report(problem))
          .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command))
          .execute(arguments);
    } catch (Error e) {
      return report(e, commands);
    }
  }

  /** Without a command: says what there is. */
  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }

  /** Says what is wrong with the options, and where to read about them: not all of them again. */
  private static int report(ParameterException problem) {
    CommandLine command = problem.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("backsweep: " + problem.getMessage());
    if (!UnmatchedArgumentException.printSuggestions(problem, err)) {
      err.printf("See %s --help%n", command.getCommandSpec().qualifiedName());
    }
    err.flush();
    return ExitCode.WRONG_USAGE.number();
  }

  /** Says what a person can act on; what is not understood is logged with its trace. */
  private static int report(Throwable failure, CommandLine command) {
    PrintWriter err = command.getErr();
    ExitCode.understandable(failure)
        .ifPresentOrElse(
            cause -> err.println("backsweep: " + CopiedFrom.message(cause)),
            () -> {
              err.println("backsweep: failed: " + failure);
              LOG.error("The run failed", failure);
            });
    err.flush();
    return ExitCode.of(failure).number();
  }
}
