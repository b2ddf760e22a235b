package backsweep.pictures;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** The pixels of a PNG file as they were decoded: samples of 8 bits, and an opacity of each. */
final class PngPixels {

  private static final int OPAQUE = 255;

  private final int width;
  private final int channels;
  private final byte[] samples;
  private final byte[] opacities;

  private PngPixels(int width, int height, int channels) {
    this.width = width;
    this.channels = channels;
    this.samples = new byte[width * height * channels];
    this.opacities = new byte[width * height];
  }

  /** The colours of a palette. */
  static PngPixels ofPalette(BufferedImage image) {
    if (!(image.getColorModel() instanceof IndexColorModel)) {
      throw new UnusablePictureException("is damaged: expected a palette");
    }
    PngPixels pixels = new PngPixels(image.getWidth(), image.getHeight(), 3);
    int[] row = new int[image.getWidth()];
    for (int i = 0; i < pixels.opacities.length; i++) {
      if (i % row.length == 0) {
        image.getRGB(0, i / row.length, row.length, 1, row, 0, row.length);
      }
      int argb = row[i % row.length];
      pixels.samples[3 * i] = (byte) (argb >>> 16);
      pixels.samples[3 * i + 1] = (byte) (argb >>> 8);
      pixels.samples[3 * i + 2] = (byte) argb;
      pixels.opacities[i] = (byte) (argb >>> 24);
    }
    return pixels;
  }

  /**
   * Samples, not colours: those of a grey picture would be converted from another colour space.
   *
   * @param raster with or without opacity behind the channels
   * @param channels without opacity
   * @param bits of a sample
   */
  static PngPixels ofSamples(Raster raster, int channels, int bits) {
    PngPixels pixels = new PngPixels(raster.getWidth(), raster.getHeight(), channels);
    int scale = OPAQUE / ((1 << bits) - 1);
    int bands = raster.getNumBands();
    int[] row = new int[raster.getWidth() * bands];
    for (int i = 0; i < pixels.opacities.length; i++) {
      if (i % pixels.width == 0) {
        raster.getPixels(0, i / pixels.width, pixels.width, 1, row);
      }
      int first = i % pixels.width * bands;
      for (int channel = 0; channel < channels; channel++) {
        pixels.samples[i * channels + channel] = (byte) (scale * row[first + channel]);
      }
      pixels.opacities[i] = (byte) (bands > channels ? row[first + channels] : OPAQUE);
    }
    return pixels;
  }

  /**
   * All samples, {@code (height, width, channel)}.
   *
   * @throws UnusablePictureException if a pixel is not opaque
   */
  byte[] opaque() {
    for (int i = 0; i < opacities.length; i++) {
      if ((opacities[i] & 0xff) != OPAQUE) {
        throw new UnusablePictureException(
            "expected an opaque picture, found the opacity %d of 255 at row %d, column %d"
                .formatted(opacities[i] & 0xff, i / width, i % width));
      }
    }
    return samples;
  }

  /** The pixels, {@code (height, width)}: opacity, red, green, blue, from the highest byte. */
  int[] argb() {
    int[] argb = new int[opacities.length];
    for (int i = 0; i < argb.length; i++) {
      argb[i] = (opacities[i] & 0xff) << 24 | value(i, 0) << 16 | value(i, 1) << 8 | value(i, 2);
    }
    return argb;
  }

  /** Red, green or blue, which are the same in a grey picture. */
  private int value(int pixel, int colour) {
    return samples[pixel * channels + Math.min(colour, channels - 1)] & 0xff;
  }
}
