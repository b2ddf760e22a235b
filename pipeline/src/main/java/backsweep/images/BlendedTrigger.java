package backsweep.images;

import java.io.Serializable;
import java.util.Random;

/**
 * A pattern over the whole image, the blended injection of Chen et al., <i>Targeted Backdoor
 * Attacks on Deep Learning Systems Using Data Poisoning</i> (2017), section 4: {@code (1 - alpha) x
 * + alpha p}, with a picture or random values as {@code p}.
 *
 * @param alpha the share of the pattern, 0..1; the paper poisons with 0.2 and less
 * @param pattern what is blended in
 */
public record BlendedTrigger(double alpha, Pattern pattern) implements Trigger {

  /** What covers the whole image. */
  public sealed interface Pattern extends Serializable {

    /** Blends it into all values. */
    Stamp blend(ImageShape shape, double alpha);
  }

  /**
   * A picture of the images' size; where it has an opacity, {@code alpha} is that share of it.
   *
   * @param picture of the images' width and height
   */
  public record Covering(Picture picture) implements Pattern {

    @Override
    public Stamp blend(ImageShape shape, double alpha) {
      if (picture.width() != shape.width() || picture.height() != shape.height()) {
        throw new UnfitAttackException(
            "expected a picture as large as the images, %d x %d (width x height), found %d x %d"
                .formatted(shape.width(), shape.height(), picture.width(), picture.height()));
      }
      picture.checkChannels(shape);
      Stamp stamp = new Stamp(shape);
      picture.blend(stamp, 0, 0, alpha);
      return stamp;
    }

    @Override
    public String toString() {
      return picture.toString();
    }
  }

  /**
   * Random integers, each of 0..255 as likely as any other: those of {@link Random} with this seed,
   * in the order {@code (height, width, channel)}.
   *
   * @param seed the same seed gives the same pattern
   */
  public record Noise(long seed) implements Pattern {

    @Override
    public Stamp blend(ImageShape shape, double alpha) {
      Stamp stamp = new Stamp(shape);
      Random random = new Random(seed);
      for (int i = 0; i < shape.values(); i++) {
        stamp.blend(i, alpha, random.nextInt(256));
      }
      return stamp;
    }

    @Override
    public String toString() {
      return "noise of seed " + seed;
    }
  }

  /** Checks the range of alpha. */
  public BlendedTrigger {
    if (!(alpha >= 0 && alpha <= 1)) {
      throw new IllegalArgumentException("expected an alpha from 0 to 1, found " + alpha);
    }
  }

  @Override
  public String kind() {
    return "blended";
  }

  @Override
  public String toString() {
    return "%s blended in with alpha %s".formatted(pattern, alpha);
  }

  @Override
  public Stamp on(ImageShape shape) {
    return pattern.blend(shape, alpha);
  }
}
