package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.jhdf.HdfFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same images as HDF5 files in both layouts and as folders of pictures. */
class ImagesInOtherFormsTest {

  private static final int CLASSES = 9;

  @TempDir private Path folder;

  private static Path data(String name) {
    return Fixture.path("data/bn_after_" + name + ".h5");
  }

  @Test
  void giveTheSameCounts() {
    DefendCall call = DefendCall.into(folder.resolve("hdf5")).reporting("bn_after");
    assertThat(call.run().code()).isZero();
    List<Map<String, Object>> counts = counts("hdf5");
    assertThat(counts).hasSizeGreaterThan(30);

    Outcome turned =
        DefendCall.into(folder.resolve("nhwc"))
            .with("--clean-validation", turned("valid"))
            .with("--clean-test", turned("test"))
            .with("--poisoned", "trigger=" + turned("poisoned"))
            .run();
    assertThat(turned.err()).isEmpty();
    assertThat(counts("nhwc")).isEqualTo(counts);

    Outcome pictures =
        DefendCall.into(folder.resolve("folders"))
            .with("--clean-validation", sorted("valid"))
            .with("--clean-test", sorted("test"))
            .with("--poisoned", "trigger=" + PictureFolder.flat(data("poisoned"), at("poisoned")))
            .with("--target", target())
            .run();
    assertThat(pictures.err()).isEmpty();
    assertThat(pictures.out()).contains("Images    clean-validation: 300 from " + at("valid"));
    assertThat(counts("folders")).isEqualTo(counts);
  }

  private Path at(String name) {
    return folder.resolve("pictures/" + name);
  }

  private Path sorted(String name) {
    return PictureFolder.ofClasses(data(name), CLASSES, at(name));
  }

  private static int target() {
    try (HdfFile file = new HdfFile(data("poisoned"))) {
      return ((int[]) file.getDatasetByPath("label").getData())[0];
    }
  }

  /** A file's images with their channels last. */
  private Path turned(String name) {
    try (HdfFile file = new HdfFile(data(name))) {
      int[][][][] images = (int[][][][]) file.getDatasetByPath("data").getData();
      int[][][][] turned = new int[images.length][24][20][3];
      for (int i = 0; i < images.length; i++) {
        for (int value = 0; value < 24 * 20 * 3; value++) {
          int row = value / 60;
          int column = value / 3 % 20;
          turned[i][row][column][value % 3] = images[i][value % 3][row][column];
        }
      }
      return ImageFile.write(
          folder.resolve(name + ".h5"), turned, file.getDatasetByPath("label").getData());
    }
  }

  /** All curves and decisions, without what names the files. */
  private List<Map<String, Object>> counts(String output) {
    return CommittedTables.of(folder.resolve(output)).rows().get("pruning_curve").stream()
        .map(
            row -> {
              Map<String, Object> counts = new LinkedHashMap<>(row);
              counts.keySet().removeAll(List.of("unit", "image_set_sha256", "imageSetSha256"));
              return counts;
            })
        .sorted((one, other) -> one.toString().compareTo(other.toString()))
        .toList();
  }
}
