package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.images.ImageBlock;
import backsweep.images.ImageShape;
import backsweep.images.PixelEncoding;
import backsweep.testing.RandomBlocks;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockSliceTest {

  private static final ImageShape SHAPE = new ImageShape(2, 3, 1);
  private static final int IMAGES = 100;

  private final ImageBlock block = RandomBlocks.of(IMAGES, SHAPE, PixelEncoding.UINT8).get(0);

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 50, 99, 100, 256, Integer.MAX_VALUE})
  void slicesTogetherAreTheBlock(int most) {
    FloatBuffer expected = FloatBuffer.allocate(IMAGES * SHAPE.values());
    block.copyPixels(expected);
    FloatBuffer pixels = FloatBuffer.allocate(IMAGES * SHAPE.values());
    int images = 0;
    for (BlockSlice slice : BlockSlice.of(block, most)) {
      assertThat(slice.images()).isBetween(1, most);
      assertThat(slice.first()).isEqualTo(images);
      for (int label : slice.labels()) {
        assertThat(label).isEqualTo(block.label(images++));
      }
      slice.copyTo(pixels);
    }
    assertThat(images).isEqualTo(IMAGES);
    assertThat(pixels.array()).isEqualTo(expected.array());
  }

  @Test
  void trueLabelsGoWithTheirImages() {
    int[] truth = block.labels();
    truth[31] += 1000;
    ImageBlock known = new ImageBlock(0, block.pixels(), block.labels(), truth);

    List<BlockSlice> slices = BlockSlice.of(known, 30);

    assertThat(slices).hasSize(4);
    assertThat(slices.get(1).trueLabels().orElseThrow()[1]).isEqualTo(truth[31]);
    assertThat(slices.get(1).labels()[1]).isEqualTo(truth[31] - 1000);
    assertThat(BlockSlice.of(block, 30).get(0).trueLabels()).isEmpty();
  }
}
