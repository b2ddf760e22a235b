package backsweep.faces;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Stroke;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/** Pictures in memory, drawn without a display and without fonts. */
final class Canvas {

  static {
    // A machine may have a display that nobody answers at; nothing here needs one.
    System.setProperty("java.awt.headless", "true");
  }

  private Canvas() {}

  /** Draws smoothly on a picture, in units of so many of its pixels. */
  static Graphics2D graphics(BufferedImage picture, int unit) {
    Graphics2D graphics = picture.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.scale(unit, unit);
    return graphics;
  }

  /** A line with round ends. */
  static Stroke line(double width) {
    return new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }

  /** The values of a picture of one of the types with an int for each pixel. */
  static int[] pixels(BufferedImage picture) {
    return ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
  }

  /**
   * A smaller picture, each pixel the mean of a square.
   *
   * @param fine of type {@link BufferedImage#TYPE_INT_ARGB_PRE}
   * @param square its side
   * @return of type {@link BufferedImage#TYPE_INT_ARGB}
   */
  static BufferedImage shrunk(BufferedImage fine, int square) {
    BufferedImage small =
        new BufferedImage(
            fine.getWidth() / square, fine.getHeight() / square, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < small.getHeight(); y++) {
      for (int x = 0; x < small.getWidth(); x++) {
        small.setRGB(
            x,
            y,
            mean(pixels(fine), y * square * fine.getWidth() + x * square, fine.getWidth(), square));
      }
    }
    return small;
  }

  private static int mean(int[] pixels, int first, int width, int square) {
    int[] sums = new int[4];
    for (int i = 0; i < square * square; i++) {
      int pixel = pixels[first + i / square * width + i % square];
      for (int part = 0; part < sums.length; part++) {
        sums[part] += pixel >>> (24 - 8 * part) & 0xff;
      }
    }
    int alpha = Math.round(sums[0] / (float) (square * square));
    int argb = alpha << 24;
    for (int part = 1; part < sums.length && sums[0] > 0; part++) {
      argb |= Math.min(255, Math.round(sums[part] * 255f / sums[0])) << (24 - 8 * part);
    }
    return argb;
  }
}
