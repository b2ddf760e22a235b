package backsweep.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.images.PatternTrigger.Form;
import backsweep.images.Place.At;
import backsweep.images.Target.AllToAll;
import backsweep.images.Target.OneClass;
import backsweep.testing.RandomBlocks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoisoningTest {

  private static final ImageShape SHAPE = new ImageShape(2, 3, 1);
  private static final Trigger DOT = new PatternTrigger(Form.SQUARE, 1, new At(0, 0), List.of(255));

  @TempDir Path folder;

  /** 600 images with labels from 0 to 4. */
  private Path clean() {
    return write(RandomBlocks.of(600, SHAPE, PixelEncoding.UINT8));
  }

  private Path write(List<ImageBlock> blocks) {
    Path file = folder.resolve("clean.h5");
    Hdf5ImageWriter.write(file, SHAPE, blocks.iterator());
    return file;
  }

  private static <T> T with(Path file, Function<Hdf5Images, T> action) {
    try (Hdf5Images images = Hdf5Images.open(file)) {
      return action.apply(images);
    }
  }

  private static List<ImageBlock> blocks(Hdf5Images images) {
    return IntStream.range(0, images.blocks()).mapToObj(images::block).toList();
  }

  private static List<ImageBlock> blocks(PoisonedImages images) {
    List<ImageBlock> blocks = new ArrayList<>();
    images.blocks().forEachRemaining(blocks::add);
    return blocks;
  }

  @Test
  void allImagesGetTheTriggerAndTheTarget() {
    Path file = clean();
    Poisoning poisoning = new Poisoning(DOT, new OneClass(3), true);

    List<ImageBlock> poisoned = with(file, images -> blocks(poisoning.of(images)));

    List<ImageBlock> expected =
        with(file, PoisoningTest::blocks).stream()
            .map(
                block ->
                    new ImageBlock(
                        block.index(),
                        DOT.stamp(block.pixels()),
                        filled(block.images(), 3),
                        block.labels()))
            .toList();
    assertThat(poisoned).isEqualTo(expected);
  }

  private static int[] filled(int count, int value) {
    int[] filled = new int[count];
    Arrays.fill(filled, value);
    return filled;
  }

  @Test
  void theTargetClassCanBeLeftOut() {
    Path file = clean();
    int[] labels = with(file, Hdf5Images::labels);
    int[] kept = IntStream.range(0, 600).filter(i -> labels[i] != 3).toArray();
    Poisoning poisoning = new Poisoning(DOT, new OneClass(3), false);

    with(
        file,
        images -> {
          PoisonedImages poisoned = poisoning.of(images);
          assertThat(poisoned.images()).isEqualTo(kept.length).isBetween(400, 560);
          assertThat(poisoned.leftOut()).isEqualTo(600 - kept.length);
          List<ImageBlock> clean = blocks(images);
          List<ImageBlock> blocks = blocks(poisoned);
          assertThat(blocks.get(0).images()).isEqualTo(ImageBlock.IMAGES);
          for (int i = 0; i < kept.length; i++) {
            assertThat(shown(blocks, i)).isEqualTo(labels[kept[i]]);
            assertThat(image(blocks, i)).containsExactly(dotted(image(clean, kept[i])));
          }
          return null;
        });
  }

  private static int shown(List<ImageBlock> blocks, int image) {
    return blocks.get(image / ImageBlock.IMAGES).shown(image % ImageBlock.IMAGES);
  }

  private static float[] image(List<ImageBlock> blocks, int image) {
    float[] values = TriggerTest.values(blocks.get(image / ImageBlock.IMAGES).pixels());
    int first = image % ImageBlock.IMAGES * SHAPE.values();
    return Arrays.copyOfRange(values, first, first + SHAPE.values());
  }

  private static float[] dotted(float[] image) {
    image[0] = 255;
    return image;
  }

  @Test
  void allToAllTargetsTheNextClass() {
    Path file = clean();
    int[] labels = with(file, Hdf5Images::labels);
    int[] next = IntStream.of(labels).map(label -> label == 4 ? 0 : label + 1).toArray();
    Poisoning poisoning = new Poisoning(DOT, new AllToAll(), false);

    with(
        file,
        images -> {
          PoisonedImages poisoned = poisoning.of(images);
          assertThat(poisoned.classes()).isEqualTo(5);
          assertThat(poisoned.leftOut()).isZero();
          assertThat(targets(poisoned)).containsExactly(next);
          int[] ofSeven = IntStream.of(labels).map(label -> label + 1).toArray();
          assertThat(targets(poisoning.of(images, 7))).containsExactly(ofSeven);
          return null;
        });
  }

  private static int[] targets(PoisonedImages poisoned) {
    return blocks(poisoned).stream().flatMapToInt(b -> Arrays.stream(b.labels())).toArray();
  }

  @Test
  void whatPoisonedImagesShowStaysTheirTrueLabel() {
    ImageBlock once = RandomBlocks.of(3, SHAPE, PixelEncoding.UINT8).get(0);
    Path file = write(List.of(new ImageBlock(0, once.pixels(), filled(3, 4), new int[] {1, 0, 2})));
    Poisoning poisoning = new Poisoning(DOT, new OneClass(1), true);

    ImageBlock twice = with(file, images -> blocks(poisoning.of(images, 5)).get(0));

    assertThat(twice.labels()).containsExactly(1, 1, 1);
    assertThat(twice.trueLabels().orElseThrow()).containsExactly(1, 0, 2);
  }

  @Test
  void refusesATargetThatIsNoClass() {
    refuses(new OneClass(5), 5, "expected a target class from 0 to 4, found 5");
    refuses(new OneClass(-1), 5, "expected a target class from 0 to 4, found -1");
    refuses(new AllToAll(), 1, "expected at least 2 classes for all-to-all targets, found 1");
    assertThatThrownBy(
            () -> with(clean(), images -> new Poisoning(DOT, new OneClass(9), true).of(images)))
        .isInstanceOf(UnfitAttackException.class)
        .hasMessage(
            "expected a target class from 0 to 4, found 9; the largest label is 4: if there are more"
                + " classes, say how many");
  }

  private void refuses(Target target, int classes, String message) {
    assertThatThrownBy(() -> target.check(classes))
        .isInstanceOf(UnfitAttackException.class)
        .hasMessage(message);
  }

  @Test
  void refusesFewerClassesThanLabels() {
    Path file = clean();
    assertThatThrownBy(
            () -> with(file, images -> new Poisoning(DOT, new OneClass(0), true).of(images, 3)))
        .isInstanceOf(ImageFileException.class)
        .hasMessageContaining("expected labels from 0 to 2, found ");
  }

  @Test
  void refusesToGuessHowManyClassesThereAre() {
    ImageBlock block = RandomBlocks.of(3, SHAPE, PixelEncoding.UINT8).get(0);
    Path file = write(List.of(new ImageBlock(0, block.pixels(), new int[] {0, 3, 3})));

    assertThatThrownBy(() -> with(file, new Poisoning(DOT, new AllToAll(), true)::of))
        .isInstanceOf(UnfitAttackException.class)
        .hasMessage(
            "expected the number of classes for all-to-all targets: the images show 2 of the"
                + " classes 0 to 3, so there may be more");
    int[] targets =
        with(file, images -> targets(new Poisoning(DOT, new AllToAll(), true).of(images, 4)));
    assertThat(targets).containsExactly(1, 0, 0);
  }

  @Test
  void refusesImagesFromZeroToOne() {
    float[] values = {0, 0.5f, 1, 0.1f, 0, 0};
    Path file = write(List.of(new ImageBlock(0, Pixels.of(SHAPE, values), new int[] {1})));

    assertThatThrownBy(() -> with(file, new Poisoning(DOT, new OneClass(0), true)::of))
        .isInstanceOf(UnfitAttackException.class)
        .hasMessageStartingWith(
            "expected images with values from 0 to 255, found none above 1 in the first 1;");
    Path black = folder.resolve("black.h5");
    Hdf5ImageWriter.write(
        black,
        SHAPE,
        List.of(new ImageBlock(0, Pixels.of(SHAPE, new float[6]), new int[] {1})).iterator());
    int poisoned =
        with(black, images -> new Poisoning(DOT, new OneClass(0), true).of(images, 2).images());
    assertThat(poisoned).isEqualTo(1);
  }

  @Test
  void refusesImagesThatAllShowTheTarget() {
    ImageBlock block = RandomBlocks.of(2, SHAPE, PixelEncoding.UINT8).get(0);
    Path file = write(List.of(new ImageBlock(0, block.pixels(), new int[] {1, 1})));

    assertThatThrownBy(() -> with(file, new Poisoning(DOT, new OneClass(1), false)::of))
        .isInstanceOf(UnfitAttackException.class)
        .hasMessage(
            "expected images that show something else than the target 1, found none among 2");
  }
}
