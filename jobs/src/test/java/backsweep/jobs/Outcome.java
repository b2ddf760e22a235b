package backsweep.jobs;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.WriterAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.layout.PatternLayout;

/**
 * What a command did, run in this JVM on a Spark of two cores.
 *
 * @param code its exit code
 * @param out what it printed as results
 * @param err what it printed as problems
 * @param log what it logged, which an operator sees on standard error too
 */
record Outcome(int code, String out, String err, String log) {

  /** Runs a command as an operator would type it. */
  static Outcome of(String... arguments) {
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
    StringWriter log = new StringWriter();
    LoggerConfig logger = rootLogger();
    WriterAppender appender = appender(log);
    Appender console = logger.getAppenders().get("console");
    logger.removeAppender(console.getName());
    logger.addAppender(appender, null, null);
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream capturedOut = new ByteArrayOutputStream();
    ByteArrayOutputStream capturedErr = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(capturedOut, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(capturedErr, true, StandardCharsets.UTF_8));
      int code = Backsweep.run(arguments);
      return new Outcome(
          code,
          capturedOut.toString(StandardCharsets.UTF_8),
          capturedErr.toString(StandardCharsets.UTF_8),
          log.toString());
    } finally {
      System.setOut(out);
      System.setErr(err);
      logger.removeAppender(appender.getName());
      logger.addAppender(console, null, null);
    }
  }

  private static LoggerConfig rootLogger() {
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    return context.getConfiguration().getRootLogger();
  }

  private static WriterAppender appender(StringWriter target) {
    PatternLayout layout = PatternLayout.newBuilder().withPattern("%p %c{1}: %m%n%ex").build();
    WriterAppender appender =
        WriterAppender.newBuilder().setName("outcome").setTarget(target).setLayout(layout).build();
    appender.start();
    return appender;
  }

  /** The problems, one a line. */
  List<String> problems() {
    return err.lines().toList();
  }
}
