package backsweep.faces;

import backsweep.images.ImageShape;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Makes images of faces: puts what is drawn into the light, before a backdrop and through a camera.
 * It works in buffers of its own, so every thread needs one.
 */
final class Darkroom {

  /** The shape of every image. */
  static final ImageShape SHAPE = new ImageShape(55, 47, 3);

  /**
   * Drawings are so many times finer than images. As edges are smooth already, three times finer
   * looks the same and takes a third longer.
   */
  private static final int FINER = 2;

  private static final int WIDTH = SHAPE.width();
  private static final int HEIGHT = SHAPE.height();
  private static final int CHANNELS = SHAPE.channels();

  /** Scales the sum of four numbers from 0 to 1 to a standard deviation of 1. */
  private static final double UNIT_DEVIATION = Math.sqrt(3);

  private final BufferedImage drawing =
      new BufferedImage(WIDTH * FINER, HEIGHT * FINER, BufferedImage.TYPE_INT_ARGB_PRE);
  private final BufferedImage backdrop =
      new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
  private final int[] drawn = Canvas.pixels(drawing);
  private final int[] behind = Canvas.pixels(backdrop);
  private final float[] exposed = new float[SHAPE.values()];

  /** An image, as bytes in the order {@code (height, width, channel)}. */
  byte[] develop(Face face, Shot shot) {
    draw(face, shot);
    expose(new Illumination(face.head(), shot.pose(), shot.light()));
    blur((float) shot.camera().blur());
    return grains(shot.camera());
  }

  private void draw(Face face, Shot shot) {
    Arrays.fill(drawn, 0);
    Graphics2D graphics = Canvas.graphics(drawing, FINER);
    face.paint(graphics, shot);
    graphics.dispose();
    Graphics2D rear = Canvas.graphics(backdrop, 1);
    shot.backdrop().paint(rear, WIDTH, HEIGHT);
    rear.dispose();
  }

  private void expose(Illumination illumination) {
    Light light = illumination.light();
    float[] filter = {(float) light.red(), 1, (float) light.blue()};
    float rear = (float) light.exposure();
    int[] sums = new int[1 + CHANNELS];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        sum(y * FINER * WIDTH * FINER + x * FINER, sums);
        float lit = (float) illumination.at(x + 0.5, y + 0.5) / (FINER * FINER);
        float through = rear * (1 - sums[0] / (255f * FINER * FINER));
        int position = y * WIDTH + x;
        for (int channel = 0; channel < CHANNELS; channel++) {
          int back = behind[position] >>> (16 - 8 * channel) & 0xff;
          exposed[position * CHANNELS + channel] =
              filter[channel] * (lit * sums[1 + channel] + through * back);
        }
      }
    }
  }

  /** Sums opacity, red, green and blue over the pixels of the drawing that become one. */
  private void sum(int first, int[] sums) {
    Arrays.fill(sums, 0);
    for (int row = 0; row < FINER; row++) {
      for (int column = 0; column < FINER; column++) {
        int pixel = drawn[first + row * WIDTH * FINER + column];
        sums[0] += pixel >>> 24;
        sums[1] += pixel >>> 16 & 0xff;
        sums[2] += pixel >>> 8 & 0xff;
        sums[3] += pixel & 0xff;
      }
    }
  }

  private void blur(float share) {
    for (int channel = 0; channel < CHANNELS; channel++) {
      for (int y = 0; y < HEIGHT; y++) {
        spread(y * WIDTH * CHANNELS + channel, CHANNELS, WIDTH, share);
      }
      for (int x = 0; x < WIDTH; x++) {
        spread(x * CHANNELS + channel, WIDTH * CHANNELS, HEIGHT, share);
      }
    }
  }

  /** Every value of a line gives a share to each neighbour; the ends keep what would leave. */
  private void spread(int first, int step, int count, float share) {
    float before = exposed[first];
    for (int i = 0, at = first; i < count; i++, at += step) {
      float here = exposed[at];
      float after = i + 1 < count ? exposed[at + step] : here;
      exposed[at] = here + share * (before - 2 * here + after);
      before = here;
    }
  }

  private byte[] grains(Camera camera) {
    RandomGenerator random = camera.seed().random();
    byte[] bytes = new byte[exposed.length];
    for (int i = 0; i < bytes.length; i++) {
      double value = exposed[i] + camera.noise() * nearlyNormal(random.nextLong());
      bytes[i] = (byte) Math.round(Math.max(0, Math.min(255, value)));
    }
    return bytes;
  }

  /** A sum of four uniform numbers, near enough to a normal one for grains, and much faster. */
  private static double nearlyNormal(long bits) {
    long sum = (bits & 0xffff) + (bits >>> 16 & 0xffff) + (bits >>> 32 & 0xffff) + (bits >>> 48);
    return UNIT_DEVIATION * (sum / 65535.0 - 2);
  }
}
