package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SectionTest {

  private static final String FOR_SEVERAL =
      """
      backsweep {
        network = n.h5
        output = out
        faces { seed = 7, output = ${backsweep.output}/faces }
      }
      """;

  @TempDir private Path folder;

  private Configuration read(Section section, String text, String... sets) {
    Path file = Edited.text(text, folder.resolve("some.conf"));
    return Configuration.resolve(section, Map.of(), List.of(sets), Optional.of(file));
  }

  private static void assertUsage(Configuration configuration, String problem) {
    assertThatThrownBy(configuration::check)
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(problem);
  }

  @ParameterizedTest
  @EnumSource(Section.class)
  void hasDefaultsForItsOwnKeysOnly(Section section) {
    assertThat(section.keys()).isNotEmpty();
    assertThat(section.only(section.defaults())).isEqualTo(section.defaults());
    Configuration bare = Configuration.resolve(section, Map.of(), List.of(), Optional.empty());
    bare.check();
    assertThat(ConfigFactory.parseString(bare.render())).isEqualTo(section.defaults());
  }

  @Test
  void aFileCanHoldTheKeysOfSeveralCommands() {
    Configuration faces = read(Section.FACES, FOR_SEVERAL);
    faces.check();
    assertThat(faces.required("output")).isEqualTo("out/faces");
    assertThat(faces.integer("seed", 0, 9)).isEqualTo(7);
    Configuration defend = read(Section.DEFEND, FOR_SEVERAL);
    defend.check();
    assertThat(defend.required("output")).isEqualTo("out");
    assertThat(defend.render()).contains("n.h5").doesNotContain("out/faces");
    assertThat(faces.json()).contains("out/faces").doesNotContain("n.h5");
  }

  @Test
  void keysAreBelowItWhetherGivenBySetOrAsAnOption() {
    Configuration set = read(Section.FACES, "", "seed=3", "backsweep.faces.test=4");
    assertThat(set.integer("seed", 0, 9)).isEqualTo(3);
    assertThat(set.integer("test", 0, 9)).isEqualTo(4);
    Map<String, Object> options = Map.of("seed", "5");
    Configuration option =
        Configuration.resolve(Section.FACES, options, List.of("seed=3"), Optional.empty());
    assertThat(option.integer("seed", 0, 9)).isEqualTo(5);
    option.required("output");
    assertUsage(option, "--output is required (or backsweep.faces.output in a configuration)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          backsweep.faces.colour = red | unknown key backsweep.faces.colour; there are: fine-tuning, format,
          backsweep.faces = 5          | backsweep.faces: expected keys below it, found a value
          backsweep.faces = null       | backsweep.faces: expected keys below it, found a value
          backsweep.colour = red       | unknown key backsweep.colour; there are: anp-alpha,
          """)
  void badKeysOfEveryCommandAreReportedToEveryCommand(String text, String problem) {
    for (Section section : Section.values()) {
      assertUsage(read(section, text), problem);
    }
  }

  @Test
  void aMisspeltSectionNamesThoseThereAre() {
    assertThatThrownBy(read(Section.DEFEND, "backsweep.face { seed = 1 }")::check)
        .hasMessageStartingWith("unknown key backsweep.face; there are: anp-alpha,")
        .hasMessageContaining(
            "; keys of other commands are below: classify, demo, faces, poison, train");
  }
}
