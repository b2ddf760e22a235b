package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.images.Hdf5ImageWriter;
import backsweep.images.Hdf5Images;
import backsweep.testing.Stripes;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images in an executor's memory. */
class ExecutorImagesTest {

  private static final int COUNT = 300;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void writeImages() {
    file = folder.resolve("images.h5");
    Hdf5ImageWriter.write(file, Stripes.SHAPE, Stripes.blocks(COUNT, 1).iterator());
  }

  @Test
  void areAllThereIfTheyJustFit() {
    try (Hdf5Images images = Hdf5Images.open(file)) {
      long bytes = (long) COUNT * Stripes.SHAPE.values();

      assertThat(ExecutorImages.read(images, "x", bytes).size()).isEqualTo(COUNT);
    }
  }

  @Test
  void areRefusedIfTheyDoNot() {
    try (Hdf5Images images = Hdf5Images.open(file)) {
      long bytes = (long) COUNT * Stripes.SHAPE.values();

      assertThatThrownBy(() -> ExecutorImages.read(images, "x.h5", bytes - 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("x.h5: expected at most")
          .hasMessageContaining("spark.executor.memory");
    }
  }
}
