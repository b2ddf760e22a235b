package backsweep.jobs;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code images}: where images come from that nobody has. */
@Command(
    name = "images",
    description = "Makes images.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  40 people who do not exist, 8,000 images:",
      "    backsweep images faces --output faces"
    },
    subcommands = FacesCommand.class)
final class ImagesCommand implements Runnable {

  @Spec private CommandSpec spec;

  /** Without a command of its own: says what there is. */
  @Override
  public void run() {
    CommandLine.usage(spec.commandLine(), System.out);
  }
}
