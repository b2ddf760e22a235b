package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.images.ImageBlock;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpreadImagesTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 255, 256})
  void fewImagesAreAllOfThem(int images) {
    assertThat(SpreadImages.places(images)).isEqualTo(IntStream.range(0, images).boxed().toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {257, 289, 1283, 4097, 12_830, Integer.MAX_VALUE})
  void manyAreRepresentedInOrderByTheirBlocks(int images) {
    List<Integer> places = SpreadImages.places(images);

    assertThat(places).hasSize(256).isSorted().doesNotHaveDuplicates().allMatch(i -> i < images);
    assertThat(places)
        .extracting(place -> place / ImageBlock.IMAGES)
        .containsAll(SpreadImages.blocks(images))
        .isSubsetOf(SpreadImages.blocks(images));
    assertThat(SpreadImages.blocks(images)).hasSizeLessThanOrEqualTo(16);
  }

  @Test
  void areTheSameEveryTime() {
    assertThat(SpreadImages.places(1283)).isEqualTo(SpreadImages.places(1283));
  }

  /** A thousand images of four classes. */
  @Test
  void areOfAllClassesWhetherTheyAreSortedOrTakeTurns() {
    List<Integer> places = SpreadImages.places(1024);

    for (int four = 0; four < 4; four++) {
      int label = four;
      assertThat(places).filteredOn(i -> i / 256 == label).hasSize(64);
      assertThat(places).filteredOn(i -> i % 4 == label).hasSizeBetween(40, 90);
    }
  }
}
