package backsweep.faces;

import backsweep.images.ImageBlock;
import backsweep.images.ImageShape;
import backsweep.images.PixelEncoding;
import backsweep.images.Pixels;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Drawn images of people. An image depends on the seed, the set, the person and its number only, so
 * images can be drawn in any order and by any number of threads.
 */
public final class FaceImages {

  private static final ThreadLocal<Darkroom> DARKROOM = ThreadLocal.withInitial(Darkroom::new);

  private final List<Face> people;
  private final Seed seed;

  /**
   * A crowd.
   *
   * @param identities how many people; their labels are 0, 1, 2, ...
   * @param seed of the people and of everything in which their images differ
   * @throws TooManyIdentitiesException if so many could not be told apart
   */
  public FaceImages(int identities, long seed) {
    this.seed = new Seed(seed);
    this.people = Crowd.of(identities, this.seed.under(0)).stream().map(Face::of).toList();
  }

  /** The shape of every image, {@code (55, 47, 3)}. */
  public ImageShape shape() {
    return Darkroom.SHAPE;
  }

  /** How many images a set has. */
  public int images(int perIdentity) {
    return Math.multiplyExact(people.size(), perIdentity);
  }

  /**
   * The images of a set, person by person in turn, block after block; each block is drawn when it
   * is asked for, on all processors.
   */
  public Iterator<ImageBlock> blocks(FaceSet set, int perIdentity) {
    int images = images(perIdentity);
    return IntStream.range(0, ImageBlock.count(images))
        .mapToObj(
            block ->
                block(set, block, Math.min(ImageBlock.IMAGES, images - block * ImageBlock.IMAGES)))
        .iterator();
  }

  private ImageBlock block(FaceSet set, int block, int count) {
    int first = block * ImageBlock.IMAGES;
    byte[] bytes = new byte[count * shape().values()];
    IntStream.range(0, count)
        .parallel()
        .forEach(
            i ->
                System.arraycopy(
                    image(set, first + i), 0, bytes, i * shape().values(), shape().values()));
    int[] labels = IntStream.range(first, first + count).map(i -> i % people.size()).toArray();
    return new ImageBlock(block, new Pixels(shape(), PixelEncoding.UINT8, bytes), labels);
  }

  /** An image, {@code (height, width, channel)}. */
  private byte[] image(FaceSet set, int index) {
    int person = index % people.size();
    Seed own = seed.under(set.key()).under(person).under(index / people.size());
    return DARKROOM.get().develop(people.get(person), Shot.sample(own));
  }
}
