package backsweep.inference;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.modelfiles.KerasReader;
import backsweep.network.Network;
import backsweep.testing.KerasAnswers;
import backsweep.testing.KerasFiles;
import backsweep.testing.RealKeras;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Networks of every supported layer over its options answer as in Keras, whole, masked and cut. */
class KerasNetworksTest {

  private static final Logger LOG = LoggerFactory.getLogger(KerasNetworksTest.class);

  @TempDir private Path folder;

  /** The committed files, {@code .keras} and {@code .h5}. */
  static Stream<String> committed() throws IOException {
    try (Stream<Path> files = Files.list(KerasFiles.path("networks"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals("answers.h5"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("committed")
  void aCommittedNetworkAnswersAsInKeras(String file) {
    KerasAnswers answers = new KerasAnswers(KerasFiles.path("networks/answers.h5"));
    Network network = KerasReader.read(KerasFiles.path("networks/" + file), Optional.empty());

    answers.compare(file.replaceFirst("\\.\\w+$", ""), network);
  }

  @Test
  void everyNetworkIsCommitted() throws IOException {
    Set<String> names = new KerasAnswers(KerasFiles.path("networks/answers.h5")).names();

    assertThat(names).hasSizeGreaterThan(140);
    assertThat(committed()).containsAll(names.stream().map(name -> name + ".keras").toList());
  }

  /** In both formats, as the Keras that is there now writes them. */
  @Test
  void everyNetworkThatKerasMakesAnswersAsThere() throws Exception {
    RealKeras keras = RealKeras.in(folder);
    keras.run(KerasFiles.path("make_networks.py"), List.of(folder.toString()));
    KerasAnswers answers = new KerasAnswers(folder.resolve("answers.h5"));
    float largest = 0;
    int compared = 0;
    int both = 0;
    SoftAssertions all = new SoftAssertions();
    for (String name : answers.names()) {
      Network network = KerasReader.read(folder.resolve(name + ".keras"), Optional.empty());
      Path hdf = folder.resolve(name + ".h5");
      if (Files.exists(hdf)) {
        Network same = KerasReader.read(hdf, Optional.empty());
        all.assertThat(same.graph()).as(name).isEqualTo(network.graph());
        all.assertThat(same.weights().sameValues(network.weights())).as(name).isTrue();
        both++;
      }
      try {
        largest = Math.max(largest, answers.compare(name, network));
      } catch (AssertionError e) {
        all.fail(name, e);
      }
      compared += 1 + answers.masked(name).size();
    }
    all.assertAll();
    LOG.info("{} outputs of Keras compared, largest difference {}", compared, largest);
    assertThat(both).as("networks in both formats").isGreaterThan(150);
    assertThat(compared).isGreaterThan(300);
  }
}
