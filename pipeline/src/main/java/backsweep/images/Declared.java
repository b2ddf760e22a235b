package backsweep.images;

import backsweep.hdf.NumberType;
import java.util.List;

/**
 * What a file declares about a data set, not yet checked against what the file holds.
 *
 * @param name the name of the data set
 * @param type the type of its numbers
 * @param axes the length of each axis; the first one counts images
 */
record Declared(String name, NumberType type, List<Long> axes) {

  Declared {
    axes = List.copyOf(axes);
  }

  /** The length of the first axis. */
  long rows() {
    return axes.get(0);
  }

  /** The numbers in a row, the product of all axes but the first; at most the largest long. */
  long rowNumbers() {
    return product(axes.subList(1, axes.size()));
  }

  /** The bytes of all numbers; at most the largest long. */
  long bytes() {
    return product(List.of(rows(), rowNumbers(), (long) type.bytes()));
  }

  /** The bytes of a row, for a shape already checked. */
  int rowBytes() {
    return Math.toIntExact(rowNumbers() * type.bytes());
  }

  private static long product(List<Long> factors) {
    long product = 1;
    for (long factor : factors) {
      if (factor == 0) {
        return 0;
      }
      product = product > Long.MAX_VALUE / factor ? Long.MAX_VALUE : product * factor;
    }
    return product;
  }

  @Override
  public String toString() {
    return "'%s' %s of %s".formatted(name, axes, type);
  }
}
