package backsweep.faces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.images.ImageBlock;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaceImagesTest {

  private static final int PEOPLE = 10;
  private static final int VALUES = 55 * 47 * 3;

  private static List<ImageBlock> blocks(long seed, FaceSet set, int perIdentity) {
    List<ImageBlock> blocks = new ArrayList<>();
    new FaceImages(PEOPLE, seed).blocks(set, perIdentity).forEachRemaining(blocks::add);
    return blocks;
  }

  /** Every image, {@code (height, width, channel)}. */
  private static List<float[]> images(FaceSet set, int perIdentity) {
    List<float[]> images = new ArrayList<>();
    for (ImageBlock block : blocks(1, set, perIdentity)) {
      for (int row = 0; row < block.images(); row++) {
        images.add(image(block, row));
      }
    }
    return images;
  }

  @Test
  void areTheSameForTheSameSeedAndOthersForAnother() {
    List<ImageBlock> blocks = blocks(3, FaceSet.TRAINING, 30);

    assertThat(blocks).extracting(ImageBlock::images).containsExactly(256, 44);
    assertThat(blocks(3, FaceSet.TRAINING, 30)).isEqualTo(blocks);
    assertThat(blocks(4, FaceSet.TRAINING, 30).get(0).pixels())
        .isNotEqualTo(blocks.get(0).pixels());
  }

  @Test
  void doNotDependOnHowManyThereAre() {
    List<float[]> few = images(FaceSet.TEST, 3);
    List<float[]> many = images(FaceSet.TEST, 40);

    assertThat(few).hasSize(30);
    assertThat(many).hasSize(400);
    assertThat(IntStream.range(0, 30))
        .allSatisfy(i -> assertThat(many.get(i)).containsExactly(few.get(i)));
  }

  @Test
  void doNotDependOnHowManyPeopleThereAre() {
    ImageBlock few = blocks(1, FaceSet.TRAINING, 2).get(0);
    ImageBlock many = new FaceImages(PEOPLE + 5, 1).blocks(FaceSet.TRAINING, 2).next();

    for (int i = 0; i < few.images(); i++) {
      int same = i / PEOPLE * (PEOPLE + 5) + i % PEOPLE;
      assertThat(image(many, same)).containsExactly(image(few, i));
    }
  }

  private static float[] image(ImageBlock block, int row) {
    FloatBuffer values = FloatBuffer.allocate(VALUES);
    block.pixels().copy(row, 1, values);
    return values.array();
  }

  /** One set is drawn between two blocks of another, and by other threads at the same time. */
  @Test
  void canBeDrawnInAnyOrder() {
    FaceImages faces = new FaceImages(PEOPLE, 3);
    Iterator<ImageBlock> training = faces.blocks(FaceSet.TRAINING, 30);
    ImageBlock first = training.next();
    List<ImageBlock> tests =
        IntStream.range(0, 8)
            .parallel()
            .mapToObj(i -> faces.blocks(FaceSet.TEST, 30).next())
            .toList();

    assertThat(List.of(first, training.next())).isEqualTo(blocks(3, FaceSet.TRAINING, 30));
    assertThat(tests).containsOnly(blocks(3, FaceSet.TEST, 30).get(0));
  }

  @Test
  void areInNoTwoSets() {
    Set<ByteBuffer> all = new HashSet<>();
    for (FaceSet set : FaceSet.values()) {
      for (float[] image : images(set, 20)) {
        ByteBuffer bytes = ByteBuffer.allocate(VALUES * Float.BYTES);
        bytes.asFloatBuffer().put(image);
        all.add(bytes);
      }
    }
    assertThat(all).hasSize(FaceSet.values().length * 20 * PEOPLE);
  }

  @ParameterizedTest
  @EnumSource
  void showThePeopleInTurn(FaceSet set) {
    assertThat(blocks(1, set, 2).get(0).labels())
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  /** Of ten people, by the mean training image that is nearest; by chance it would be a tenth. */
  @Test
  void showOnePersonUnderOneLabel() {
    List<float[]> learned = images(FaceSet.TRAINING, 40);
    List<float[]> unseen = images(FaceSet.TEST, 20);
    double[][] means = new double[PEOPLE][VALUES];
    for (int i = 0; i < learned.size(); i++) {
      for (int value = 0; value < VALUES; value++) {
        means[i % PEOPLE][value] += learned.get(i)[value] / 40;
      }
    }

    long hits =
        IntStream.range(0, unseen.size())
            .filter(i -> nearest(means, unseen.get(i)) == i % PEOPLE)
            .count();

    assertThat(hits).isBetween(unseen.size() / 3L, unseen.size() * 9L / 10);
  }

  private static int nearest(double[][] means, float[] image) {
    return IntStream.range(0, means.length)
        .reduce(
            (one, other) ->
                distance(means[other], image) < distance(means[one], image) ? other : one)
        .orElseThrow();
  }

  private static double distance(double[] mean, float[] image) {
    return IntStream.range(0, VALUES)
        .mapToDouble(value -> (mean[value] - image[value]) * (mean[value] - image[value]))
        .sum();
  }

  @Test
  void canBeOfAsManyPeopleAsTheLabsHave() {
    assertThat(new FaceImages(1283, 1).images(9)).isEqualTo(11_547);
  }

  @Test
  void cannotBeOfMorePeopleThanCanBeToldApart() {
    assertThatThrownBy(() -> new FaceImages(4096, 1))
        .isInstanceOf(TooManyIdentitiesException.class)
        .hasMessageMatching(
            "expected at most \\d{4} identities, as many as can be told apart with this seed;"
                + " found 4096");
  }
}
