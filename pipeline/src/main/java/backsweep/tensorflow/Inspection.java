package backsweep.tensorflow;

/** What a network does on some images: its answers and the activations of the channels. */
public final class Inspection {

  private final int[] answers;
  private final double[] means;
  private final float[] maxima;

  Inspection(int[] answers, double[] means, float[] maxima) {
    this.answers = answers;
    this.means = means;
    this.maxima = maxima;
  }

  /** The number of images. */
  public int images() {
    return answers.length;
  }

  /** The number of channels of the statistics layer. */
  public int channels() {
    return means.length / answers.length;
  }

  /** The class answered for an image; of several that are best, the lowest. */
  public int answer(int image) {
    return answers[image];
  }

  /** The mean activation of a channel of the statistics layer over its positions in an image. */
  public double mean(int image, int channel) {
    return means[image * channels() + channel];
  }

  /** The largest activation of a channel of the statistics layer in an image. */
  public float maximum(int image, int channel) {
    return maxima[image * channels() + channel];
  }
}
