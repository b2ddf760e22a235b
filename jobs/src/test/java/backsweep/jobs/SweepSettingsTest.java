package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.stages.DefenceRequest;
import backsweep.stages.DefenceRequest.NetworkFile;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepSettingsTest {

  private static final Map<String, Object> REQUIRED =
      Map.of("clean-validation", "valid.h5", "output", "out");

  @TempDir private Path folder;

  @BeforeEach
  void make() {
    Stream.of("b.h5", "a.h5", "c.keras").forEach(name -> Edited.text(name, folder.resolve(name)));
  }

  private SweepSettings read(String networks, String... sets) {
    return read(networks, Map.of(), sets);
  }

  private SweepSettings read(String networks, Map<String, Object> options, String... sets) {
    Path file =
        Edited.text(
            "backsweep.networks = " + networks.replace("HERE", folder.toString()),
            folder.resolve("some.conf"));
    Map<String, Object> all = new HashMap<>(REQUIRED);
    all.putAll(options);
    return read(Configuration.resolve(Section.DEFEND, all, List.of(sets), Optional.of(file)));
  }

  private static SweepSettings read(Configuration configuration) {
    return SweepSettings.read(configuration, new FilePatterns(HadoopSettings.read()));
  }

  private static List<String> paths(SweepSettings settings) {
    return settings.networks().stream()
        .map(DefenceRequest::network)
        .map(NetworkFile::path)
        .map(path -> Path.of(path).getFileName().toString())
        .toList();
  }

  private static void assertUsage(ThrowingCallable reading, String... problems) {
    assertThatThrownBy(reading)
        .isInstanceOf(UsageException.class)
        .hasMessage(String.join("\n", problems));
  }

  @Test
  void defaultsAreThoseOfTheManual() {
    SweepSettings settings = read("[{ path = n.h5 }]");
    assertThat(settings.networksPerBatch()).isEqualTo(16);
    assertThat(settings.how().work().isFailedRetried()).isFalse();
    assertThat(settings.failOn()).isEqualTo(FailOn.ANY);
    assertThat(settings.overlaps()).isEmpty();
    assertThat(settings.request(List.of()).networks()).isEqualTo(settings.networks());
  }

  @Test
  void networksAreInTheOrderOfTheListAndThoseOfAPatternSorted() {
    assertThat(paths(read("[{ path = \"HERE/c*\" }, { path = z.h5 }, { path = \"HERE/*.h5\" }]")))
        .containsExactly("c.keras", "z.h5", "a.h5", "b.h5");
  }

  @Test
  void whatAnEntryLeavesOutIsAsForAll() {
    SweepSettings settings =
        read(
            """
            [
              { path = one.h5 }
              {
                path = two.h5, architecture = two.json, input-scale = 255, layer = two
                statistics-layer = pool, clean-validation = v2.h5, clean-test = null
                poisoned = { two.v1 = p2.h5 }, image-layout = nhwc, resize = true, target = 7
              }
            ]
            """,
            Map.of("layer", "all", "poisoned", Map.of("all", "p.h5")),
            "input-scale=3",
            "clean-test=t.h5",
            "drop-percent=5");
    DefenceRequest one = settings.networks().get(0);
    DefenceRequest two = settings.networks().get(1);
    assertThat(one.network())
        .isEqualTo(
            new NetworkFile("one.h5", Optional.empty(), 3, Optional.of("all"), Optional.empty()));
    assertThat(one.images().cleanValidation()).isEqualTo("valid.h5");
    assertThat(one.images().cleanTest()).contains("t.h5");
    assertThat(one.images().poisoned()).containsExactly(Map.entry("all", "p.h5"));
    assertThat(two.network())
        .isEqualTo(
            new NetworkFile(
                "two.h5", Optional.of("two.json"), 255, Optional.of("two"), Optional.of("pool")));
    assertThat(two.images().cleanValidation()).isEqualTo("v2.h5");
    assertThat(two.images().cleanTest()).isEmpty();
    assertThat(two.images().poisoned()).containsExactly(Map.entry("two.v1", "p2.h5"));
    assertThat(two.images().reading().isResized()).isTrue();
    assertThat(two.images().reading().target()).hasValue(7);
    assertThat(two.repairs()).isEqualTo(one.repairs());
    assertThat(two.repairs().rules()).hasSize(1);
    assertThat(two.work()).isEqualTo(one.work());
  }

  @Test
  void aFileThatTwoEntriesMeanIsTakenAsTheFirstHasItAndSaid() {
    SweepSettings settings =
        read(
            "[{ path = \"HERE/b.h5\", layer = first }, { path = \"HERE/../%s/*.h5\" }]"
                .formatted(folder.getFileName()));
    assertThat(paths(settings)).containsExactly("b.h5", "a.h5");
    assertThat(settings.networks().get(0).network().layer()).contains("first");
    assertThat(settings.overlaps())
        .singleElement()
        .asString()
        .endsWith("/b.h5: taken as networks[0].path has it, which comes before networks[1].path");
  }

  @Test
  void theNetworkOfADefenceIsTakenWhereThereIsNoList() {
    Map<String, Object> network = Map.of("network", folder + "/*.h5");
    assertThat(paths(read("[]", network))).containsExactly("a.h5", "b.h5");
    assertThat(paths(read("[{ path = n.h5 }]", network))).containsExactly("n.h5");
  }

  @Test
  void withoutNetworksItSaysWhereTheyGo() {
    assertUsage(
        () -> read("[]"), "--network is required (or backsweep.networks in a configuration)");
  }

  @Test
  void patternsThatMatchNothingAreReportedTogether() {
    assertUsage(
        () -> read("[{ path = \"HERE/x*\" }, { path = \"HERE/a*\" }, { path = \"/none/*\" }]"),
        "networks[0].path: expected files that match \"" + folder + "/x*\", found none",
        "networks[2].path: expected files that match \"/none/*\", found none");
    assertUsage(
        () -> read("[]", Map.of("network", "/none/*")),
        "network: expected files that match \"/none/*\", found none");
  }

  @Test
  void problemsSayWhereTheyAreOnceAndTogether() {
    assertUsage(
        () ->
            read(
                """
                [
                  { path = "/none/*", colour = red, input-scale = 0 }
                  { layer = "", poisoned = { clean-test = p.h5 } }
                  { path = n.h5, clean-validation = null, resize = maybe, image-layout = x }
                ]
                """,
                "input-scale=-1",
                "rule=below",
                "networks-per-batch=0",
                "retry-failed=yes",
                "fail-on=some"),
        "unknown key networks[0].colour; there are: architecture, clean-test, clean-validation,"
            + " image-layout, input-scale, layer, path, poisoned, resize, statistics-layer, target",
        "networks[0].input-scale: expected a number above 0, found \"0\"",
        "networks[1].path: expected a value, found none",
        "input-scale: expected a number above 0, found \"-1\"",
        "networks[1].layer: expected a value, found an empty one",
        "networks[1].poisoned: expected a name of letters, digits, '.', '_' and '-' other than"
            + " clean-test and clean-validation and fine-tuning, found \"clean-test\"",
        "networks[2].clean-validation: expected a value, found none",
        "networks[2].resize: expected one of false, true, found \"maybe\"",
        "networks[2].image-layout: expected one of nchw, nhwc, found \"x\"",
        "rule: expected one of first-below, last-within, found \"below\"",
        "retry-failed: expected one of false, true, found \"yes\"",
        "networks-per-batch: expected a whole number from 1 to 10000, found \"0\"",
        "fail-on: expected one of all, any, never, found \"some\"");
  }

  @Test
  void anEntryOfAnotherKindIsReportedByItsPlace() {
    assertThatThrownBy(() -> read("[{ path = n.h5, layer { a = 1 } }]"))
        .hasMessageStartingWith("networks[0].layer: ")
        .hasMessageContaining("layer has type OBJECT rather than STRING");
    assertThatThrownBy(() -> read("n.h5"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("networks has type STRING rather than LIST")
        .hasMessageNotContaining("--network is required");
  }

  @Test
  void aDetectorNeedsImagesToTellApartOfEveryNetwork() {
    assertUsage(
        () ->
            read(
                "[{ path = a.h5 }, { path = b.h5, poisoned = {} }]",
                Map.of("detector", "strip", "clean-test", "t.h5", "poisoned", Map.of("p", "p.h5"))),
        "networks[1]: detector: needs images to tell apart, --clean-test and --poisoned, found"
            + " strip");
  }

  /** The example of the project takes every network of its zoo, each with what it learned. */
  @Test
  void theExampleTakesTheWholeZoo() {
    Path zoo = Edited.folder(folder.resolve("zoo"));
    List<String> names =
        ConfigFactory.parseFile(Path.of("..", "conf", "zoo.conf").toFile())
            .getConfigList("backsweep.train.networks")
            .stream()
            .map(network -> network.getString("name"))
            .toList();
    names.forEach(name -> Edited.text(name, zoo.resolve(name + ".h5")));
    Path example =
        Edited.replaced(
            Path.of("..", "conf", "sweep.conf"),
            "\"zoo/",
            "\"" + zoo + "/",
            folder.resolve("sweep.conf"));

    SweepSettings settings =
        read(Configuration.resolve(Section.DEFEND, Map.of(), List.of(), Optional.of(example)));

    assertThat(paths(settings))
        .containsExactlyInAnyOrderElementsOf(names.stream().map(name -> name + ".h5").toList());
    assertThat(settings.overlaps()).isEmpty();
    assertThat(settings.networks())
        .allSatisfy(
            request -> {
              String name = Path.of(request.network().path()).getFileName().toString();
              String[] triggers =
                  Stream.of("sunglasses", "square", "blended")
                      .filter(trigger -> name.contains("clean") || name.contains(trigger))
                      .toArray(String[]::new);
              assertThat(request.images().poisoned()).containsOnlyKeys(triggers);
            });
    assertThat(settings.how().criteria().names()).hasSizeGreaterThan(1);
  }
}
