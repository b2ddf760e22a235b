package backsweep.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * An installation of Spark, laid out of the build's jars: what it writes stays in its folder.
 *
 * @param folder as in {@code $SPARK_HOME}
 */
record SparkHome(Path folder) {

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  /** As Spark's own does: asks the launcher for the command, whose first word is empty. */
  private static final String SPARK_SUBMIT =
      """
      #!/usr/bin/env bash
      export SPARK_HOME=$(cd -- "$(dirname -- "$0")/.." && pwd)
      export SPARK_SCALA_VERSION=2.12
      echo "spark-submit of $SPARK_HOME"
      mapfile -d '' -t command < <(
        '%s' -Xmx128m -cp "$SPARK_HOME/jars/*" org.apache.spark.launcher.Main \
          org.apache.spark.deploy.SparkSubmit "$@"
      )
      command=("${command[@]:1}")
      command[0]=${command[0]#$'\\n'}
      exec "${command[@]}"
      """
          .formatted(JAVA);

  /** What executors log: the life of models and of tasks, and what goes wrong. */
  private static final String LOGGING =
      """
      rootLogger.level = warn
      rootLogger.appenderRef.console.ref = console
      appender.console.type = Console
      appender.console.name = console
      appender.console.target = SYSTEM_ERR
      appender.console.layout.type = PatternLayout
      appender.console.layout.pattern = %p %c{1}: %m%n%ex
      logger.backsweep.name = backsweep
      logger.backsweep.level = info
      logger.tasks.name = org.apache.spark.executor.Executor
      logger.tasks.level = info
      logger.deploy.name = org.apache.spark.deploy
      logger.deploy.level = info
      """;

  /** Lays one out in a folder that does not exist yet. */
  static SparkHome in(Path folder) {
    try {
      Files.createDirectories(folder.resolve("bin"));
      Files.createDirectories(folder.resolve("conf"));
      Files.createSymbolicLink(
          folder.resolve("jars"), LauncherCall.BUILT.resolve("spark/jars").toAbsolutePath());
      Path submit = Files.writeString(folder.resolve("bin/spark-submit"), SPARK_SUBMIT);
      Files.setPosixFilePermissions(submit, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.writeString(folder.resolve("conf/log4j2.properties"), LOGGING);
      return new SparkHome(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a daemon of Spark. */
  ChildProcess daemon(String mainClass, String log, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(JAVA, "-Xmx256m", LauncherCall.SHORT_LIVED));
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
    command.addAll(List.of("-cp", folder.resolve("conf") + ":" + folder.resolve("jars") + "/*"));
    command.add(mainClass);
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "SPARK_HOME",
                folder.toString(),
                "SPARK_SCALA_VERSION",
                "2.12",
                LauncherCall.LOCAL_FOLDERS,
                folder.resolve("local").toString(),
                "TF_CPP_MIN_LOG_LEVEL",
                "2"));
    return ChildProcess.start(builder, folder.resolve(log));
  }

  /** Deletes the copies of the program that executors which have ended left behind: 170 MB each. */
  void deleteCopies() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path copy : files.filter(file -> file.endsWith("backsweep.jar")).toList()) {
        Files.delete(copy);
      }
    }
  }

  /** Lets go of the build's jars. */
  void forget() {
    try {
      Files.delete(folder.resolve("jars"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
