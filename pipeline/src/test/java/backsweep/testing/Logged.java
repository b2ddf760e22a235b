package backsweep.testing;

import java.io.StringWriter;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.WriterAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.layout.PatternLayout;

/** What is logged as a warning or worse, with traces, from now until this is closed. */
public final class Logged implements AutoCloseable {

  private final StringWriter text = new StringWriter();
  private final LoggerConfig logger;
  private final WriterAppender appender;

  private Logged(LoggerConfig logger) {
    this.logger = logger;
    this.appender =
        WriterAppender.newBuilder()
            .setName("logged")
            .setTarget(text)
            .setLayout(PatternLayout.newBuilder().withPattern("%p %m%n%ex").build())
            .build();
    appender.start();
    logger.addAppender(appender, Level.WARN, null);
  }

  /** What every class logs. */
  public static Logged byAll() {
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    return new Logged(context.getConfiguration().getRootLogger());
  }

  /** The lines so far. */
  public List<String> lines() {
    return text.toString().lines().toList();
  }

  @Override
  public void close() {
    logger.removeAppender(appender.getName());
  }
}
