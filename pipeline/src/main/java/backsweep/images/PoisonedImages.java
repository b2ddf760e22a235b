package backsweep.images;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;

/** The images of a clean file, poisoned as they are read, block by block. */
public final class PoisonedImages {

  private final Hdf5Images clean;
  private final Poisoning poisoning;
  private final Stamp stamp;
  private final int classes;
  private final int[] kept;

  /** With the images of the file that are kept, in their order. */
  PoisonedImages(Hdf5Images clean, Poisoning poisoning, int classes, int[] kept) {
    this.clean = clean;
    this.poisoning = poisoning;
    this.stamp = poisoning.trigger().on(clean.shape());
    this.classes = classes;
    this.kept = kept;
  }

  /** How many there are. */
  public int images() {
    return kept.length;
  }

  /** How many images of the clean file were left out, since they show their target. */
  public int leftOut() {
    return clean.images() - kept.length;
  }

  /** How many classes there are. */
  public int classes() {
    return classes;
  }

  /** The shape of every image. */
  public ImageShape shape() {
    return clean.shape();
  }

  /**
   * All blocks in order, with targets as labels, and true labels. The clean file must stay open.
   *
   * @throws ImageFileException while it goes on, if a value in the clean file is broken
   */
  public Iterator<ImageBlock> blocks() {
    Source source = new Source(clean);
    return IntStream.range(0, ImageBlock.count(kept.length))
        .mapToObj(block -> poisoned(block, source))
        .iterator();
  }

  private ImageBlock poisoned(int block, Source source) {
    int first = block * ImageBlock.IMAGES;
    int[] images =
        Arrays.copyOfRange(kept, first, Math.min(first + ImageBlock.IMAGES, kept.length));
    FloatBuffer values = FloatBuffer.allocate(images.length * shape().values());
    int[] shown = new int[images.length];
    for (int i = 0; i < images.length; i++) {
      shown[i] = source.take(images[i], values);
    }
    int[] targets =
        Arrays.stream(shown).map(label -> poisoning.target().label(label, classes)).toArray();
    return new ImageBlock(block, stamp.stamp(Pixels.of(shape(), values.array())), targets, shown);
  }

  /** The clean images; one block of them is kept, as they are taken in their order. */
  private static final class Source {
    private final Hdf5Images clean;
    private ImageBlock block;

    Source(Hdf5Images clean) {
      this.clean = clean;
    }

    /** Puts an image's values at the target's position and says what the image shows. */
    int take(int image, FloatBuffer target) {
      int index = image / ImageBlock.IMAGES;
      if (block == null || block.index() != index) {
        block = clean.block(index);
      }
      int place = image % ImageBlock.IMAGES;
      block.pixels().copy(place, 1, target);
      return block.shown(place);
    }
  }
}
