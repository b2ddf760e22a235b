package backsweep.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageLayoutTest {

  private static final int IMAGES = 300;
  private static final ImageShape SHAPE = new ImageShape(4, 3, 2);

  @TempDir private Path folder;

  private static double value(int image, int row, int column, int channel) {
    return (31 * image + 17 * channel + 5 * row + 3 * column) % 250;
  }

  /** Images of {@link #SHAPE}, some values halved, so that they are kept as floats. */
  private Path file(ImageLayout layout, double factor) {
    double[][][][] data =
        layout == ImageLayout.NCHW ? new double[IMAGES][2][4][3] : new double[IMAGES][4][3][2];
    for (int image = 0; image < IMAGES; image++) {
      for (int i = 0; i < SHAPE.values(); i++) {
        int channel = i % 2;
        int column = i / 2 % 3;
        int row = i / 6;
        double value = factor * value(image, row, column, channel);
        if (layout == ImageLayout.NCHW) {
          data[image][channel][row][column] = value;
        } else {
          data[image][row][column][channel] = value;
        }
      }
    }
    return SmallFiles.write(folder, data, new int[IMAGES]);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 0.5})
  void blocksAreTheSameInEveryLayout(double factor) {
    ImageBlock[] blocks = new ImageBlock[2];
    try (Hdf5Images images = Hdf5Images.open(file(ImageLayout.NCHW, factor))) {
      assertThat(images.shape()).isEqualTo(SHAPE);
      blocks[0] = images.block(0);
      blocks[1] = images.block(1);
    }
    try (Hdf5Images images = Hdf5Images.open(file(ImageLayout.NHWC, factor), ImageLayout.NHWC)) {
      assertThat(images.shape()).isEqualTo(SHAPE);
      assertThat(images.block(0)).isEqualTo(blocks[0]);
      assertThat(images.block(1)).isEqualTo(blocks[1]);
    }
  }

  @Test
  void isTheOneWhoseImagesTheNetworkTakes() {
    assertThat(layout(file(ImageLayout.NCHW, 1), Optional.empty())).isEqualTo(ImageLayout.NCHW);
    assertThat(layout(file(ImageLayout.NHWC, 1), Optional.empty())).isEqualTo(ImageLayout.NHWC);
  }

  private static ImageLayout layout(Path file, Optional<ImageLayout> asked) {
    try (Hdf5Images images = Hdf5Images.openFor(file, SHAPE, asked)) {
      return images.layout();
    }
  }

  @Test
  void isTheOneThatIsAskedForEvenIfItDoesNotFit() {
    Path file = file(ImageLayout.NHWC, 1);
    assertThat(layout(file, Optional.of(ImageLayout.NHWC))).isEqualTo(ImageLayout.NHWC);
    assertThatThrownBy(() -> layout(file, Optional.of(ImageLayout.NCHW)))
        .isInstanceOf(ImageFileException.class)
        .hasMessage(
            file
                + ": expected images of shape (height 4, width 3, channels 2), which the network"
                + " takes, found (height 3, width 2, channels 4) as nchw");
  }

  @Test
  void thatIsNeitherIsRefused() {
    Path file = SmallFiles.write(folder, new double[3][5][6][7], new int[3]);
    assertThatThrownBy(() -> layout(file, Optional.empty()))
        .isInstanceOf(ImageFileException.class)
        .hasMessage(
            file
                + ": expected images of shape (height 4, width 3, channels 2), which the network"
                + " takes, found (height 6, width 7, channels 5) as nchw, (height 5, width 6,"
                + " channels 7) as nhwc");
  }

  @Test
  void thatCouldBeBothHasToBeSaid() {
    Path file = SmallFiles.write(folder, new double[3][2][2][2], new int[3]);
    ImageShape cube = new ImageShape(2, 2, 2);
    assertThatThrownBy(() -> Hdf5Images.openFor(file, cube, Optional.empty()))
        .isInstanceOf(ImageFileException.class)
        .hasMessage(
            file
                + ": expected one order of axes that gives images of shape (height 2, width 2,"
                + " channels 2), which the network takes, found that nchw and nhwc both do; say"
                + " which it is: --image-layout");
    try (Hdf5Images images = Hdf5Images.openFor(file, cube, Optional.of(ImageLayout.NHWC))) {
      assertThat(images.layout()).isEqualTo(ImageLayout.NHWC);
    }
  }

  @Test
  void saysWhereABadValueIs() {
    double[][][][] data = new double[3][4][3][2];
    data[2][3][1][1] = 256;
    Path file = SmallFiles.write(folder, data, new int[3]);
    try (Hdf5Images images = Hdf5Images.open(file, ImageLayout.NHWC)) {
      assertThatThrownBy(() -> images.block(0))
          .isInstanceOf(ImageFileException.class)
          .hasMessageEndingWith("found 256 at image 2, channel 1, row 3, column 1");
    }
  }
}
