package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.jobs.LauncherCall.Ended;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged program, started as a person starts it, on the build's own Spark. */
class LauncherIT {

  @TempDir private Path folder;

  @Test
  void runsFromAnyFolderAndThroughALink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("a link"), LauncherCall.LAUNCHER);

    Ended ended = LauncherCall.in(folder).by(link).run(List.of("--version"));

    assertThat(ended.output()).isEqualTo("backsweep " + Version.backsweep() + "\n");
    assertThat(ended.code()).isEqualTo(ExitCode.DONE.number());
  }

  @Test
  void endsWithTheExitCodeOfTheCommand() throws Exception {
    Ended ended = LauncherCall.in(folder).run(List.of("--no such option"));

    assertThat(ended.output()).contains("'--no such option'");
    assertThat(ended.code()).isEqualTo(ExitCode.WRONG_USAGE.number());
  }

  @Test
  void refusesSparkOptionsWithUnmatchedQuotes() throws Exception {
    Ended ended = LauncherCall.in(folder).onSpark("--conf 'a=b").run(List.of("--version"));

    assertThat(ended.output())
        .contains("the quotes in BACKSWEEP_SPARK_OPTIONS do not match: --conf 'a=b");
    assertThat(ended.code()).isEqualTo(ExitCode.WRONG_USAGE.number());
  }

  @Test
  void refusesASparkHomeThatIsNoSpark() throws Exception {
    Ended ended =
        LauncherCall.in(folder).with("SPARK_HOME", folder.toString()).run(List.of("--version"));

    assertThat(ended.output())
        .contains("SPARK_HOME must be a Spark, but '" + folder + "' has no bin/spark-submit");
    assertThat(ended.code()).isEqualTo(ExitCode.FAILED.number());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--master mesos://host:5050",
        "--master=local2",
        "--conf spark.master=spark://host"
      })
  void refusesAMasterThatSparkDoesNotKnow(String options) {
    Ended ended = LauncherCall.in(folder).onSpark(options).run(List.of("--version"));

    assertThat(ended.output())
        .contains("no master that Spark knows: '" + options.replaceFirst(".*master[ =]", "") + "'");
    assertThat(ended.code()).isEqualTo(ExitCode.WRONG_USAGE.number());
  }

  @Test
  void refusesSettingsOfSparkThatAreNotThere() {
    Ended ended =
        LauncherCall.in(folder).onSpark("--properties-file none.conf").run(List.of("--version"));

    assertThat(ended.output()).contains("no file of Spark's settings at 'none.conf'");
    assertThat(ended.code()).isEqualTo(ExitCode.WRONG_USAGE.number());
  }

  /** On the packaged jar, so with its libraries where it moved them; the counts are golden. */
  @Test
  void defendsANetworkToTheEnd() throws Exception {
    Path defended = folder.resolve("out");

    Ended ended =
        LauncherCall.in(folder)
            .onSpark("--master local[2]")
            .run(DefendCall.into(defended).reporting("bn_after").arguments());

    assertThat(ended.output())
        .containsPattern("\n  2 % +3 +3/12 +99.500 +83.000 +99.500 +82.000 +4.000 +0.500 ");
    assertThat(ended.code()).isEqualTo(ExitCode.DONE.number());
    String repair = "bn_after-[^/]+/mean-activation-first-below-2";
    assertThat(FileTree.of(defended).entries().keySet())
        .anyMatch(path -> path.matches("results/pruning_curve/batch=[^/]+/part-.*[.]parquet"))
        .anyMatch(path -> path.matches("repaired/" + repair + "[.]h5"))
        .anyMatch(path -> path.matches("goodnet/" + repair + "/saved_model[.]pb"));
  }

  /** Spark itself would try for a minute. */
  @Test
  void doctorGivesUpOnAMasterThatDoesNotAnswer() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String master = "spark://127.0.0.1:" + silent.getLocalPort();
      Instant begun = Instant.now();

      Ended ended =
          LauncherCall.in(folder)
              .onSpark("--master " + master)
              .run(List.of("doctor", "--patience=3"));

      assertThat(ended.output())
          .contains(
              "\n! executors    Spark did not start within 3 s: master %s does not answer\n"
                      .formatted(master)
                  + "               Is the master right, and does it run? ",
              "\n\nWrong: 1 of 9, marked by !\n");
      assertThat(ended.code()).isEqualTo(ExitCode.FAILED.number());
      assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(50));
    }
  }

  @Test
  void jarSharesNoClassWithSpark() throws IOException {
    List<String> ours = classes(LauncherCall.BUILT.resolve("backsweep.jar"));

    assertThat(ours).hasSizeGreaterThan(5_000);
    try (Stream<Path> jars = Files.list(LauncherCall.BUILT.resolve("spark/jars"))) {
      assertThat(jars).hasSizeGreaterThan(100).allSatisfy(jar -> assertNoneOf(ours, jar));
    }
  }

  private static void assertNoneOf(List<String> ours, Path jar) throws IOException {
    assertThat(classes(jar)).doesNotContainAnyElementsOf(ours);
  }

  private static List<String> classes(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.endsWith(".class"))
          .filter(name -> !name.endsWith("module-info.class"))
          .toList();
    }
  }
}
