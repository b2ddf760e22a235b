package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.network.Graph;
import backsweep.testing.LocalSpark;
import backsweep.testing.NetworkSketch;
import org.junit.jupiter.api.Test;

class HeapForWeightsTest {

  private static final long MEBIBYTE = 1 << 20;

  @Test
  void aHeapThatIsTooSmallIsRefusedWithWhatToDo() {
    HeapForWeights weights = new HeapForWeights(528 * MEBIBYTE);

    assertThatThrownBy(
            () -> weights.requireAtMost(2048 * MEBIBYTE, "vgg.h5", "BACKSWEEP_DRIVER_MEMORY"))
        .isInstanceOf(TooLittleMemoryException.class)
        .hasMessage(
            "vgg.h5: its weights take 528 MiB, so a heap of at least 5632 MiB is needed, found 2048"
                + " MiB: raise BACKSWEEP_DRIVER_MEMORY, e.g. to 6g");
    assertThatCode(() -> weights.requireAtMost(5632 * MEBIBYTE, "", "")).doesNotThrowAnyException();
    assertThatThrownBy(() -> weights.requireAtMost(5631 * MEBIBYTE, "", ""))
        .isInstanceOf(TooLittleMemoryException.class);
  }

  @Test
  void weightsAreCountedByTheGraphAlone() {
    // 2 x 2 x 3 values of an image; a kernel of 3 x 3 x 3 x 4 and 4 biases; 16 x 5 and 5.
    Graph graph = new NetworkSketch(1, 2, 2, 3).convolution("conv", 4).classes(5).graph();

    HeapForWeights weights = HeapForWeights.of(graph);

    assertThat(weights.bytes()).isEqualTo(4L * (108 + 4 + 80 + 5));
    assertThatCode(() -> weights.check(LocalSpark.session().sparkContext(), "small.h5"))
        .doesNotThrowAnyException();
  }
}
