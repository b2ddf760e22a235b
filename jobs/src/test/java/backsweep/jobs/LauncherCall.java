package backsweep.jobs;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A call of {@code bin/backsweep} as a person makes it: in a process of its own. */
final class LauncherCall {

  /** The launcher. */
  static final Path LAUNCHER = Path.of(System.getProperty("launcher")).normalize();

  /** What the build made: {@code backsweep.jar} and {@code spark/}. */
  static final Path BUILT = LAUNCHER.resolve("../../jobs/target").normalize();

  /** JVMs of seconds are up sooner without the compiler that pays off in minutes. */
  static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1";

  /** Where Spark puts what it needs for a while; a process that is killed leaves it there. */
  static final String LOCAL_FOLDERS = "SPARK_LOCAL_DIRS";

  private final Path folder;
  private final Map<String, String> environment = new TreeMap<>();
  private Path launcher = LAUNCHER;

  private LauncherCall(Path folder) {
    this.folder = folder;
    environment.put("BACKSWEEP_DRIVER_MEMORY", "1g");
    environment.put("SPARK_SUBMIT_OPTS", SHORT_LIVED);
  }

  /** A call in a folder, on the build's own Spark. */
  static LauncherCall in(Path folder) {
    return new LauncherCall(folder);
  }

  /** By way of another path to the launcher. */
  LauncherCall by(Path launcher) {
    this.launcher = launcher;
    return this;
  }

  /** With a variable of the environment. */
  LauncherCall with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** With options for {@code spark-submit}, quoted as in a shell. */
  LauncherCall onSpark(String options) {
    return with("BACKSWEEP_SPARK_OPTIONS", options);
  }

  /** Starts it; what it prints goes to the file {@code output} in the folder. */
  ChildProcess start(List<String> arguments) {
    ProcessBuilder builder = new ProcessBuilder(launcher.toString()).directory(folder.toFile());
    builder.command().addAll(arguments);
    builder.environment().remove("SPARK_HOME");
    builder.environment().remove("BACKSWEEP_SPARK_OPTIONS");
    builder.environment().put(LOCAL_FOLDERS, folder.resolve("spark-local").toString());
    builder.environment().putAll(environment);
    return ChildProcess.start(builder, folder.resolve("output"));
  }

  /** Starts it and waits for its end. */
  Ended run(List<String> arguments) {
    try (ChildProcess process = start(arguments)) {
      return new Ended(process.exitCode(), process.output());
    }
  }

  /**
   * A call that has ended.
   *
   * @param code its exit code
   * @param output what it printed
   */
  record Ended(int code, String output) {}
}
