package backsweep.images;

import backsweep.hdf.NumberType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.IntSummaryStatistics;
import java.util.Optional;

/** The labels of a file, one for each image: read when first asked for, and checked. */
final class Labels {

  /** What a person calls them. */
  enum Kind {
    LABEL("label"),
    TRUE_LABEL("true label");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** The name of the data set. */
    String dataset() {
      return words.replace(' ', '_');
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /** No classifier has so many; a label beyond is a mistake, or meant to take up memory. */
  private static final int MOST_CLASSES = 1 << 24;

  private final Kind kind;
  private final StoredNumbers numbers;
  private int[] read;

  Labels(Kind kind, StoredNumbers numbers) {
    this.kind = kind;
    this.numbers = numbers;
  }

  /** How many the file declares. */
  long count() {
    return numbers.declared().rows();
  }

  /**
   * All labels, {@code (image)}; the array is shared, not copied.
   *
   * @throws UnusableDataException if one is not an integer from 0 up
   */
  int[] all() {
    if (read == null) {
      read = read();
    }
    return read;
  }

  private int[] read() {
    int[] labels = new int[Math.toIntExact(count())];
    int atOnce = numbers.rowsAtOnce();
    for (int first = 0; first < labels.length; first += atOnce) {
      double[] values = new double[Math.min(atOnce, labels.length - first)];
      ByteBuffer stored = numbers.rows(first, values.length);
      numbers.declared().type().decode(stored, values);
      for (int i = 0; i < values.length; i++) {
        labels[first + i] = label(values[i], first + i);
      }
    }
    return labels;
  }

  private int label(double value, int image) {
    if (value >= MOST_CLASSES) {
      throw new UnusableDataException(
          "expected %ss below %d, found %s at image %d"
              .formatted(kind, MOST_CLASSES, NumberType.plain(value), image));
    }
    int label = (int) value;
    if (label != value || label < 0) {
      throw new UnusableDataException(
          "expected %ss that are integers from 0 up, found %s at image %d"
              .formatted(kind, NumberType.plain(value), image));
    }
    return label;
  }

  /** What is wrong with labels outside of {@code 0..classes-1}, empty if there are none. */
  Optional<String> outside(int classes) {
    int[] labels = all();
    int first = -1;
    int count = 0;
    for (int image = 0; image < labels.length; image++) {
      if (labels[image] >= classes) {
        first = first < 0 ? image : first;
        count++;
      }
    }
    if (count == 0) {
      return Optional.empty();
    }
    return Optional.of(
        "expected %ss from 0 to %d, found %d at image %d, the first of %d such %ss among %d%s"
            .formatted(
                kind,
                classes - 1,
                labels[first],
                first,
                count,
                kind,
                labels.length,
                countFromOne(classes) ? "; they seem to count from 1: subtract 1 from each" : ""));
  }

  private boolean countFromOne(int classes) {
    IntSummaryStatistics range = Arrays.stream(all()).summaryStatistics();
    return range.getMin() >= 1 && range.getMax() == classes;
  }
}
