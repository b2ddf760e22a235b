package backsweep.pictures;

import backsweep.images.ImageShape;

/**
 * Bilinear scaling as TensorFlow's {@code tf.image.resize} does it, without antialiasing, and with
 * it Keras' {@code image_dataset_from_directory}: centres of pixels at halves, edges repeated,
 * values in float32 and not rounded.
 */
final class Bilinear {

  private final int[] lower;
  private final int[] upper;
  private final float[] shares;

  /** One axis, from so many places to so many. */
  private Bilinear(int from, int to) {
    this.lower = new int[to];
    this.upper = new int[to];
    this.shares = new float[to];
    float scale = from / (float) to;
    for (int i = 0; i < to; i++) {
      float place = (i + 0.5f) * scale - 0.5f;
      float floor = (float) Math.floor(place);
      lower[i] = Math.max((int) floor, 0);
      upper[i] = Math.min((int) Math.ceil(place), from - 1);
      shares[i] = place - floor;
    }
  }

  /** The values of a picture, scaled, in the order {@code (height, width, channel)}. */
  static double[] scaled(DecodedPicture picture, ImageShape shape) {
    Bilinear rows = new Bilinear(picture.height(), shape.height());
    Bilinear columns = new Bilinear(picture.width(), shape.width());
    double[] values = new double[shape.values()];
    int next = 0;
    for (int row = 0; row < shape.height(); row++) {
      for (int column = 0; column < shape.width(); column++) {
        for (int channel = 0; channel < shape.channels(); channel++) {
          float top = columns.between(picture, rows.lower[row], column, channel);
          float bottom = columns.between(picture, rows.upper[row], column, channel);
          values[next++] = top + (bottom - top) * rows.shares[row];
        }
      }
    }
    return values;
  }

  private float between(DecodedPicture picture, int row, int column, int channel) {
    float left = picture.sample(row, lower[column], channel);
    float right = picture.sample(row, upper[column], channel);
    return left + (right - left) * shares[column];
  }
}
