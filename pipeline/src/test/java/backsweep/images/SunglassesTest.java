package backsweep.images;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.images.Place.At;
import backsweep.images.Target.OneClass;
import backsweep.pictures.PngFile;
import backsweep.testing.Fixtures;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lab's own poisoned images, made again from its clean ones and its trigger. */
class SunglassesTest {

  @Test
  void theRealTriggerGivesTheLabsImagesToThePixel(@TempDir Path folder) {
    Picture sunglasses = PngFile.read(Fixtures.path("triggers/sunglasses.png"));
    Poisoning poisoning =
        new Poisoning(new PictureTrigger(sunglasses, new At(0, 15)), new OneClass(0), true);
    Path made = folder.resolve("poisoned.h5");

    try (Hdf5Images clean = Hdf5Images.open(Fixtures.path("data/faces_clean.h5"));
        Hdf5Images labs = Hdf5Images.open(Fixtures.path("data/faces_sunglasses.h5"))) {
      PoisonedImages poisoned = poisoning.of(clean);
      Hdf5ImageWriter.write(made, poisoned.shape(), poisoned.blocks());
      try (Hdf5Images read = Hdf5Images.open(made)) {
        assertThat(read.images()).isEqualTo(289).isEqualTo(labs.images());
        assertThat(read.labels()).containsExactly(labs.labels());
        assertThat(read.trueLabels().orElseThrow()).containsExactly(clean.labels());
        for (int block = 0; block < read.blocks(); block++) {
          assertThat(read.block(block).pixels()).isEqualTo(labs.block(block).pixels());
          assertThat(read.block(block).pixels()).isNotEqualTo(clean.block(block).pixels());
        }
      }
    }
  }
}
