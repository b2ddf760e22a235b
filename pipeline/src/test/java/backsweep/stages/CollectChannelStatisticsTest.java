package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.images.ImageBlock;
import backsweep.images.ImageSet;
import backsweep.images.ImageShape;
import backsweep.images.PixelEncoding;
import backsweep.images.Role;
import backsweep.network.Activation.Plain;
import backsweep.network.Network;
import backsweep.network.PruningPoint;
import backsweep.pruning.ChannelStatistics;
import backsweep.store.ImageStore;
import backsweep.store.ImportedImages;
import backsweep.tensorflow.NetworkModels;
import backsweep.tensorflow.SavedModel;
import backsweep.testing.LocalSpark;
import backsweep.testing.NetworkSketch;
import backsweep.testing.RandomBlocks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CollectChannelStatisticsTest {

  private static final int IMAGES = 1500;
  private static final ImageShape SHAPE = new ImageShape(6, 7, 2);

  @TempDir private Path folder;

  @Test
  void blocksAreMergedInTheirOrderHoweverTheyLie() {
    SavedModel model = model();
    List<ImageBlock> blocks = RandomBlocks.of(IMAGES, SHAPE, PixelEncoding.UINT8);
    ChannelStatistics expected = collect(model, blocks, 1);

    for (int order = 0; order < 3; order++) {
      List<ImageBlock> shuffled = new ArrayList<>(blocks);
      Collections.shuffle(shuffled, new Random(order));
      ChannelStatistics found = collect(model, shuffled, 1 + order);
      assertThat(found.images()).isEqualTo(IMAGES);
      for (int channel = 0; channel < 8; channel++) {
        assertThat(found.channel(channel).mean()).isEqualTo(expected.channel(channel).mean());
        assertThat(found.channel(channel).maximum()).isEqualTo(expected.channel(channel).maximum());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 50, 255})
  void sumsAreOfBlocksHoweverManyImagesRunAtATime(int imagesPerBatch) {
    List<ImageBlock> blocks = RandomBlocks.of(IMAGES, SHAPE, PixelEncoding.UINT8);

    ChannelStatistics found = collect(model(), blocks, 2, imagesPerBatch);

    assertThat(found.channels()).isEqualTo(collect(model(), blocks, 2).channels());
  }

  @Test
  void imagesOfAnotherRoleAreRefused() {
    ImageSet test = new ImageSet(ImageSet.CLEAN_TEST, Role.CLEAN_TEST, "1".repeat(64), 3, SHAPE);
    ImportedImages images = new ImportedImages(test, "", false);

    assertThatThrownBy(() -> new CollectChannelStatistics.Wanted(model(), 100, images))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("statistics are collected on clean validation images only, found " + test);
  }

  private static SavedModel model() {
    Network network =
        new NetworkSketch(1, 6, 7, 2).convolution("conv", 8).fused(Plain.TANH).classes(5);
    return new NetworkModels(network, 255)
        .statistics(PruningPoint.of(network, Optional.empty(), Optional.empty()));
  }

  private ChannelStatistics collect(SavedModel model, List<ImageBlock> blocks, int partitions) {
    return collect(model, blocks, partitions, ImageBlock.IMAGES);
  }

  private ChannelStatistics collect(
      SavedModel model, List<ImageBlock> blocks, int partitions, int imagesPerBatch) {
    String output = folder.resolve(Integer.toString(blocks.hashCode())).toString();
    ImageStore store = new ImageStore(LocalSpark.session(), output, partitions);
    ImageSet set =
        new ImageSet(
            ImageSet.CLEAN_VALIDATION, Role.CLEAN_VALIDATION, "1".repeat(64), IMAGES, SHAPE);
    ImportedImages put = store.put(set, RandomBlocks.distributed(blocks, partitions));
    return new CollectChannelStatistics(LocalSpark.session(), store)
        .execute(List.of(new CollectChannelStatistics.Wanted(model, imagesPerBatch, put)))
        .get(0);
  }
}
