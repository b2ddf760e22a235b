package backsweep.stages;

import java.util.Optional;

/**
 * An image that was read, or why it could not be.
 *
 * @param name what it is known by among the others
 * @param values {@code (height, width, channel)}, row-major; empty where it could not be read
 * @param problem what was expected and found; empty where it could be read
 */
record ReadImage(String name, Optional<float[]> values, Optional<String> problem) {

  /** One that could be read. */
  static ReadImage of(String name, float[] values) {
    return new ReadImage(name, Optional.of(values), Optional.empty());
  }

  /** One that could not. */
  static ReadImage unreadable(String name, String problem) {
    return new ReadImage(name, Optional.empty(), Optional.of(problem));
  }
}
