package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.pruning.StoppingRule;
import backsweep.stages.DefenceRequest;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {

  private static final Map<String, Object> REQUIRED =
      Map.of("network", "network.h5", "clean-validation", "valid.h5", "output", "out");

  @TempDir private Path folder;

  private static DefenceRequest read(Map<String, Object> options, String... sets) {
    return read(options, Optional.empty(), sets);
  }

  private static DefenceRequest read(
      Map<String, Object> options, Optional<Path> file, String... sets) {
    Map<String, Object> all = new HashMap<>(REQUIRED);
    all.putAll(options);
    return DefendSettings.read(Configuration.resolve(Section.DEFEND, all, List.of(sets), file))
        .request();
  }

  @Test
  void defaultsAreThoseOfTheManual() {
    DefenceRequest request = read(Map.of());
    assertThat(request.network().inputScale()).isEqualTo(1);
    assertThat(request.network().layer()).isEmpty();
    assertThat(request.network().statisticsLayer()).isEmpty();
    assertThat(request.network().architecture()).isEmpty();
    assertThat(request.images().cleanTest()).isEmpty();
    assertThat(request.images().poisoned()).isEmpty();
    assertThat(request.repairs().rules())
        .extracting(rule -> rule.name() + " " + rule.shortestDrop())
        .containsExactly("first-below 2", "first-below 4", "first-below 10");
  }

  @Test
  void anOptionWinsOverSetThatOverTheFileAndThatOverTheDefault() {
    String text =
        "backsweep { layer = file, statistics-layer = file, input-scale = 3, rule = last-within }";
    Optional<Path> file = Optional.of(Edited.text(text, folder.resolve("some.conf")));
    DefenceRequest request =
        read(Map.of("layer", "option"), file, "layer=set", "statistics-layer=set", "partitions=5");
    assertThat(request.network().layer()).contains("option");
    assertThat(request.network().statisticsLayer()).contains("set");
    assertThat(request.network().inputScale()).isEqualTo(3);
    assertThat(request.repairs().rules().get(0)).isInstanceOf(StoppingRule.LastWithin.class);
    assertThat(request.work().partitions()).isEqualTo(5);
    assertThat(request.work().pairsPerBatch()).isEqualTo(512);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          layer=conv_4                      | conv_4
          backsweep.layer=conv_4            | conv_4
          layer = conv_4                    | conv_4
          layer="conv_4"                    | conv_4
          layer=hdfs://host:9000/a+b@c#d$e  | hdfs://host:9000/a+b@c#d$e
          layer=a=b                         | a=b
          layer=//x                         | //x
          """)
  void aSetValueIsTheTextAsItStands(String set, String layer) {
    assertThat(read(Map.of(), set).network().layer()).contains(layer);
  }

  @Test
  void theLastSetOfAKeyWins() {
    assertThat(read(Map.of(), "layer=one", "layer=two").network().layer()).contains("two");
  }

  @Test
  void setNullTakesAValueBack() {
    Optional<Path> file =
        Optional.of(Edited.text("backsweep.layer = file", folder.resolve("some.conf")));
    assertThat(read(Map.of(), file, "layer=null").network().layer()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          drop-percent=[2.50, 10]   | 2.5 10
          drop-percent=2.50,10.0    | 2.5 10
          drop-percent=100          | 100
          drop-percent=["0.1"]      | 0.1
          drop-percent=2,2.0        | 2
          drop-percent=1e1          | 10
          """)
  void dropsAreAListOrATextWithCommas(String set, String drops) {
    assertThat(read(Map.of(), set).repairs().rules())
        .extracting(StoppingRule::shortestDrop)
        .containsExactly(drops.split(" "));
  }

  @Test
  void namesOfPoisonedSetsMayHaveDotsHoweverTheyAreGiven() {
    String text = "backsweep.poisoned { file.v1 = 1.h5, \"quoted.v1\" = 2.h5 }";
    Optional<Path> file = Optional.of(Edited.text(text, folder.resolve("some.conf")));
    Map<String, Object> options = Map.of("poisoned", Map.of("option", "0.h5", "option.v1", "3.h5"));
    Map<String, String> poisoned =
        read(options, file, "poisoned.set.v1=4.h5", "backsweep.poisoned.\"q.v1\"=5.h5")
            .images()
            .poisoned();
    assertThat(poisoned)
        .containsExactly(
            Map.entry("file.v1", "1.h5"),
            Map.entry("option", "0.h5"),
            Map.entry("option.v1", "3.h5"),
            Map.entry("q.v1", "5.h5"),
            Map.entry("quoted.v1", "2.h5"),
            Map.entry("set.v1", "4.h5"));
  }

  @Test
  void theLabsConfigurationIsWhole() {
    Path file = Path.of("..", "conf", "lab.conf");
    Configuration configuration =
        Configuration.resolve(Section.DEFEND, Map.of(), List.of(), Optional.of(file));
    DefenceRequest request = DefendSettings.read(configuration).request();
    assertThat(request.images().poisoned()).containsOnlyKeys("sunglasses");
    assertThat(request.repairs().rules()).hasSize(3);
  }

  @Test
  void everyKeyOfTheReferenceIsReadAndNoOther() {
    Configuration configuration =
        Configuration.resolve(Section.DEFEND, REQUIRED, List.of(), Optional.empty());
    DefendSettings.read(configuration);
    Set<String> keys =
        ConfigFactory.parseFile(Path.of("..", "conf", "reference.conf").toFile())
            .getObject("backsweep")
            .keySet();
    List<String> ofSweep = List.of("networks", "networks-per-batch", "fail-on");
    assertThat(keys).containsAll(ofSweep);
    assertThat(configuration.keysRead())
        .doesNotContainAnyElementsOf(ofSweep)
        .containsExactlyInAnyOrderElementsOf(
            keys.stream().filter(key -> !ofSweep.contains(key)).toList());
    SweepSettings.read(configuration, new FilePatterns(new org.apache.hadoop.conf.Configuration()));
    assertThat(configuration.keysRead()).containsExactlyInAnyOrderElementsOf(keys);
  }

  @Test
  void whatIsPrintedIsAConfigurationThatMeansTheSame() {
    Configuration configuration =
        Configuration.resolve(
            Section.DEFEND, REQUIRED, List.of("poisoned.a.b=x:y.h5"), Optional.empty());
    Path printed = Edited.text(configuration.render(), folder.resolve("printed.conf"));
    Configuration again =
        Configuration.resolve(Section.DEFEND, Map.of(), List.of(), Optional.of(printed));
    assertThat(DefendSettings.read(again)).isEqualTo(DefendSettings.read(configuration));
  }
}
