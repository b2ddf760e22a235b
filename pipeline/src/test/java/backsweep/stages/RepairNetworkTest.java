package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepairNetworkTest {

  @ParameterizedTest
  @CsvSource({
    "hdfs://host/net.keras, .keras",
    "/models/net.weights.h5, .weights.h5",
    "net.h5, .h5",
    "net.hdf5, .h5",
    "weights, .h5"
  })
  void copiesAreOpenedByKerasAsTheirOriginalIs(String original, String extension) {
    assertThat(RepairNetwork.extension(original)).isEqualTo(extension);
  }
}
