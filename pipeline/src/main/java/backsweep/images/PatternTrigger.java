package backsweep.images;

import java.util.List;
import java.util.Locale;

/**
 * Pixels of a fixed value, as in Gu et al., <i>BadNets: Identifying Vulnerabilities in the Machine
 * Learning Model Supply Chain</i> (2017): a single bright pixel, a pattern of bright pixels, or a
 * square, by default in the lower right corner.
 *
 * @param form which pixels of the square are set
 * @param size the side of the square in pixels; 1 is a single pixel
 * @param place where it stands
 * @param values what the pixels are set to, 0..255: one value for each channel, or one for all
 */
public record PatternTrigger(Form form, int size, Place place, List<Integer> values)
    implements Trigger {

  /** Which pixels of a square are set. */
  public enum Form {
    /** All of them. */
    SQUARE,
    /** Every other one, the upper left one first, as on a checkerboard; the others stay. */
    CHECKERBOARD;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    private boolean sets(int row, int column) {
      return this == SQUARE || (row + column) % 2 == 0;
    }
  }

  /** Checks the size and the values, and copies the list. */
  public PatternTrigger {
    values = List.copyOf(values);
    if (size < 1) {
      throw new IllegalArgumentException("expected a size of at least 1, found " + size);
    }
    if (values.isEmpty() || values.stream().anyMatch(value -> value < 0 || value > 255)) {
      throw new IllegalArgumentException("expected values from 0 to 255, found " + values);
    }
  }

  @Override
  public String kind() {
    return "pattern";
  }

  @Override
  public Stamp on(ImageShape shape) {
    place.check(size, size, shape);
    if (values.size() != 1 && values.size() != shape.channels()) {
      throw new UnfitAttackException(
          "expected one value or a value for each of the %d channels, found %s"
              .formatted(shape.channels(), values));
    }
    Stamp stamp = new Stamp(shape);
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        if (form.sets(row, column)) {
          set(stamp, row, column);
        }
      }
    }
    return stamp;
  }

  @Override
  public String toString() {
    return "%s of %d x %d pixels, value %s, %s".formatted(form, size, size, values, place);
  }

  private void set(Stamp stamp, int row, int column) {
    ImageShape shape = stamp.shape();
    int top = Math.toIntExact(place.top(shape.height(), size));
    int left = Math.toIntExact(place.left(shape.width(), size));
    for (int channel = 0; channel < shape.channels(); channel++) {
      int value = values.get(values.size() == 1 ? 0 : channel);
      stamp.blend(stamp.index(top + row, left + column, channel), 1, value);
    }
  }
}
