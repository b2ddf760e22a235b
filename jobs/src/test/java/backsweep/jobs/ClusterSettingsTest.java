package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.internal.config.ConfigEntry;
import org.apache.spark.launcher.JavaModuleOptions;
import org.apache.spark.network.util.JavaUtils;
import org.apache.spark.sql.internal.SQLConf;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The settings that operators are given: every key is one of Spark's, and memory suffices. */
class ClusterSettingsTest {

  private static final Path CONF = Path.of("../conf");

  /**
   * Keys of Spark that no class of the build's own Spark declares; some it reads by their names.
   */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "spark.master",
          "spark.files.useFetchCache",
          "spark.yarn.maxAppAttempts",
          "spark.yarn.submit.waitAppCompletion");

  private static final long OVERHEAD_MIB = 1024;
  private static final long OVERHEAD_MIB_A_TASK = 150;

  /** Spark knows a key once the class that declares it has been touched. */
  @BeforeAll
  static void declareKeys() {
    assertThat(org.apache.spark.internal.config.package$.MODULE$.DRIVER_MEMORY().key())
        .isEqualTo("spark.driver.memory");
    assertThat(org.apache.spark.internal.config.UI.UI_ENABLED().key())
        .isEqualTo("spark.ui.enabled");
    assertThat(SQLConf.SESSION_LOCAL_TIMEZONE().key()).isEqualTo("spark.sql.session.timeZone");
  }

  private static boolean isKnown(String key) {
    return ELSEWHERE.contains(key)
        || key.startsWith("spark.executorEnv.")
        || ConfigEntry.findEntry(key) != null;
  }

  @Test
  void anInventedKeyIsNotKnown() {
    assertThat(isKnown("spark.speculation.multiplyer")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark-defaults.conf", "spark-standalone.conf", "spark-yarn.conf"})
  void everyKeyOfAFileIsOneOfSparks(String file) throws IOException {
    assertThat(properties(file).keySet())
        .hasSizeGreaterThan(8)
        .allSatisfy(key -> assertThat(isKnown(key)).as(key).isTrue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"defend.yaml", "nightly.yaml"})
  void everyKeyOfAManifestIsOneOfSparks(String file) throws IOException {
    assertThat(map(application(file), "sparkConf").keySet())
        .hasSizeGreaterThan(5)
        .allSatisfy(key -> assertThat(isKnown(key)).as(key).isTrue());
  }

  @Test
  void aDriverOnAWorkerGetsWhatSparkNeedsOfTheJdk() throws IOException {
    assertThat(properties("spark-standalone.conf").get("spark.driver.extraJavaOptions").split(" +"))
        .contains(JavaModuleOptions.defaultModuleOptions().split(" +"));
  }

  @Test
  void yarnGivesExecutorsMemoryForTensorFlow() throws IOException {
    Map<String, String> settings = properties("spark-yarn.conf");

    assertOverhead(
        settings.get("spark.executor.memoryOverhead"),
        Integer.parseInt(settings.get("spark.executor.cores")));
  }

  @Test
  void kubernetesGivesExecutorsMemoryForTensorFlow() throws IOException {
    Map<String, Object> executor = map(application("defend.yaml"), "executor");

    assertOverhead((String) executor.get("memoryOverhead"), (Integer) executor.get("cores"));
  }

  private static void assertOverhead(String overhead, int tasks) {
    assertThat(JavaUtils.byteStringAsMb(overhead))
        .isBetween(
            OVERHEAD_MIB + OVERHEAD_MIB_A_TASK * tasks,
            2 * (OVERHEAD_MIB + OVERHEAD_MIB_A_TASK * tasks));
  }

  @ParameterizedTest
  @CsvSource({"defend.yaml,defend", "nightly.yaml,sweep"})
  void aManifestStartsThisProgramOnThisSpark(String file, String command) throws IOException {
    Map<String, Object> application = application(file);

    assertThat(application)
        .containsEntry("mainClass", Backsweep.class.getName())
        .containsEntry("sparkVersion", org.apache.spark.package$.MODULE$.SPARK_VERSION());
    List<?> arguments = (List<?>) application.get("arguments");
    assertThat(
            Backsweep.commands()
                .parseArgs(arguments.stream().map(String.class::cast).toArray(String[]::new))
                .subcommand()
                .commandSpec()
                .name())
        .isEqualTo(command);
  }

  @Test
  void theNightlyRunHasTheSameMachines() throws IOException {
    assertThat(withoutArguments("nightly.yaml")).isEqualTo(withoutArguments("defend.yaml"));
  }

  private static Map<String, Object> withoutArguments(String file) throws IOException {
    Map<String, Object> application = application(file);
    assertThat(application.remove("arguments")).isNotNull();
    return application;
  }

  /** What an application is, of either kind. */
  private static Map<String, Object> application(String file) throws IOException {
    Map<String, Object> manifest = yaml(file);
    assertThat(manifest).containsEntry("apiVersion", "sparkoperator.k8s.io/v1beta2");
    if (manifest.get("kind").equals("SparkApplication")) {
      return map(manifest, "spec");
    }
    assertThat(manifest).containsEntry("kind", "ScheduledSparkApplication");
    assertThat(map(manifest, "spec")).containsEntry("concurrencyPolicy", "Forbid");
    return map(map(manifest, "spec"), "template");
  }

  private static Map<String, Object> yaml(String file) throws IOException {
    try (Reader reader = Files.newBufferedReader(CONF.resolve("kubernetes").resolve(file))) {
      Object loaded = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
      return map(Map.of("manifest", loaded), "manifest");
    }
  }

  private static Map<String, Object> map(Map<String, Object> from, String key) {
    Map<String, Object> map = new TreeMap<>();
    ((Map<?, ?>) from.get(key)).forEach((name, value) -> map.put((String) name, value));
    return map;
  }

  private static Map<String, String> properties(String file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(CONF.resolve(file))) {
      properties.load(reader);
    }
    Map<String, String> settings = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> settings.put(key, properties.getProperty(key)));
    return settings;
  }
}
