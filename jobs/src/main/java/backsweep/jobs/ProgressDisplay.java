package backsweep.jobs;

import backsweep.stages.ImageProgress;
import backsweep.stages.Progress;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.spark.SparkContext;

/** How a run shows on standard error how far its stages are. */
final class ProgressDisplay implements AutoCloseable {

  /** Ways to show it, by the name each has in options. */
  static final Map<String, Mode> MODES =
      Map.of("auto", Mode.AUTO, "plain", Mode.PLAIN, "none", Mode.NONE);

  /** A way to show it. */
  enum Mode {
    /** A bar on a terminal, lines elsewhere. */
    AUTO,
    /** Lines. */
    PLAIN,
    /** Not at all. */
    NONE
  }

  /**
   * What a person chose.
   *
   * @param interval the least time between two lines of a stage, where there is no bar
   */
  record Settings(Mode mode, Duration interval) {

    private static final int SECONDS_A_DAY = 24 * 60 * 60;

    /** Reads the keys {@code progress} and {@code progress-seconds}. */
    static Settings read(Configuration configuration) {
      return new Settings(
          configuration.choice("progress", MODES),
          Duration.ofSeconds(configuration.integer("progress-seconds", 1, SECONDS_A_DAY)));
    }
  }

  private final Settings settings;
  private final PrintStream err = System.err;

  /** Shows nothing before it follows a run. */
  ProgressDisplay(Settings settings) {
    this.settings = settings;
  }

  /** Shows the stages that run in a Spark context. */
  void follow(SparkContext context) {
    if (settings.mode() != Mode.NONE) {
      context.addSparkListener(new ImageProgress(progress()));
    }
  }

  /** Shows the stages of work that tells how far it is itself. */
  Progress progress() {
    if (settings.mode() == Mode.NONE) {
      return new NoProgress();
    }
    OptionalInt columns = settings.mode() == Mode.AUTO ? Terminal.columns() : OptionalInt.empty();
    if (columns.isEmpty()) {
      return new PlainProgress(err, settings.interval(), System::nanoTime);
    }
    StatusLine line = new StatusLine(err);
    System.setErr(new PrintStream(line, true, Charset.defaultCharset()));
    return new ProgressBar(line, columns.getAsInt(), System::nanoTime);
  }

  /**
   * Shows how far the networks of a sweep are, once it follows the run. Beside a bar every network
   * has a line: it takes the place of the bar, which would be in the way of what is printed.
   */
  NetworkProgress networks(int networks) {
    PrintStream out =
        settings.mode() == Mode.NONE
            ? new PrintStream(OutputStream.nullOutputStream(), true, Charset.defaultCharset())
            : System.err;
    boolean hasBar = System.err != err;
    return new NetworkProgress(
        out, hasBar ? Duration.ZERO : settings.interval(), networks, System::nanoTime);
  }

  /** Gives standard error back, when Spark has told everything. */
  @Override
  public void close() {
    System.setErr(err);
  }
}
