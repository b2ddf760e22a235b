package backsweep.jobs;

import backsweep.store.CopiedFrom;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * What was looked at on a machine.
 *
 * @param subject what a person calls it
 * @param found what is there
 * @param advice what to do about it, where it is wrong
 */
record Finding(String subject, String found, Optional<String> advice) {

  private static final int INDENT = 15;

  /** Something that is as it should be. */
  static Finding good(String subject, String found) {
    return new Finding(subject, found, Optional.empty());
  }

  /** Something that is wrong. */
  static Finding bad(String subject, String found, String advice) {
    return new Finding(subject, found, Optional.of(advice));
  }

  /**
   * What a look finds; one that fails is wrong, whatever it fails with.
   *
   * @param advice what to do then
   */
  static Finding of(String subject, String advice, Callable<Finding> look) {
    try {
      return look.call();
    } catch (Exception | LinkageError e) {
      return bad(subject, words(e), advice);
    }
  }

  /** The first line: what Spark and JVMs say goes on with traces. */
  private static String words(Throwable failure) {
    Throwable cause = ExitCode.understandable(failure).orElse(failure);
    boolean isOurs = ExitCode.understandable(failure).isPresent();
    String message = isOurs ? CopiedFrom.message(cause) : cause.toString();
    return message.lines().findFirst().orElse(cause.getClass().getName());
  }

  /** Whether nothing is wrong. */
  boolean isGood() {
    return advice.isEmpty();
  }

  /** The lines that say it; the first begins with ! where it is wrong. */
  String text() {
    String line = "%s %-12s %s".formatted(isGood() ? " " : "!", subject, found);
    return advice.map(what -> line + "\n" + " ".repeat(INDENT) + what).orElse(line);
  }
}
