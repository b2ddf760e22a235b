package backsweep.pictures;

/** The samples of a picture. */
final class DecodedPicture {

  private final PictureHeader header;
  private final byte[] samples;

  /**
   * A picture.
   *
   * @param samples in the order {@code (height, width, channel)}; not copied
   */
  DecodedPicture(PictureHeader header, byte[] samples) {
    if (samples.length != header.width() * header.height() * header.channels()) {
      throw new IllegalArgumentException(
          "expected the samples of %s, found %d".formatted(header, samples.length));
    }
    this.header = header;
    this.samples = samples;
  }

  /** Columns. */
  int width() {
    return header.width();
  }

  /** Rows. */
  int height() {
    return header.height();
  }

  /** Values at each position. */
  int channels() {
    return header.channels();
  }

  /** One sample, from 0 to 255. */
  int sample(int row, int column, int channel) {
    return samples[(row * width() + column) * channels() + channel] & 0xff;
  }

  /** All samples in the order {@code (height, width, channel)}. */
  double[] values() {
    double[] values = new double[samples.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = samples[i] & 0xff;
    }
    return values;
  }
}
