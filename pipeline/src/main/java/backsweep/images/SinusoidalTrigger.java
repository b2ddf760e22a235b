package backsweep.images;

/**
 * A wave of brightness along the columns, the SIG attack of Barni, Kallas and Tondi, <i>A New
 * Backdoor Attack in CNNs by Training Set Corruption Without Label Poisoning</i> (ICIP 2019),
 * section 3: to every value of column {@code j} of {@code m} it adds {@code delta sin(2 pi j f /
 * m)}. The paper counts columns from 1, here they count from 0, as pixels do: the same wave, one
 * column further.
 *
 * @param delta the height of the wave, in values of 0..255
 * @param frequency how many waves an image has, {@code f}
 */
public record SinusoidalTrigger(double delta, double frequency) implements Trigger {

  /** Checks that both are numbers: delta from 0 to 255, the frequency above 0. */
  public SinusoidalTrigger {
    if (!(delta >= 0 && delta <= 255)) {
      throw new IllegalArgumentException("expected a delta from 0 to 255, found " + delta);
    }
    if (!(frequency > 0 && Double.isFinite(frequency))) {
      throw new IllegalArgumentException("expected a frequency above 0, found " + frequency);
    }
  }

  @Override
  public String kind() {
    return "sinusoidal";
  }

  @Override
  public String toString() {
    return "wave of height %s, %s to an image".formatted(delta, frequency);
  }

  @Override
  public Stamp on(ImageShape shape) {
    Stamp stamp = new Stamp(shape);
    for (int column = 0; column < shape.width(); column++) {
      double wave = delta * Math.sin(2 * Math.PI * column * frequency / shape.width());
      for (int row = 0; row < shape.height(); row++) {
        for (int channel = 0; channel < shape.channels(); channel++) {
          stamp.add(stamp.index(row, column, channel), wave);
        }
      }
    }
    return stamp;
  }
}
