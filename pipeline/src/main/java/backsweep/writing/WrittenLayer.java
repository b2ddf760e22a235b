package backsweep.writing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A layer as Keras describes it.
 *
 * @param className its class in Keras
 * @param options its configuration but for what all layers have, written as Keras 2 does where
 *     Keras 3 reads that too
 */
record WrittenLayer(String className, ObjectNode options) {

  /** A layer without options. */
  static WrittenLayer of(String className) {
    return new WrittenLayer(className, JsonNodeFactory.instance.objectNode());
  }

  /** With a height and a width. */
  WrittenLayer pair(String option, int height, int width) {
    options.putArray(option).add(height).add(width);
    return this;
  }

  /** With a whole number. */
  WrittenLayer with(String option, int value) {
    options.put(option, value);
    return this;
  }

  /** With a number, which must be finite: JSON has no others. */
  WrittenLayer with(String option, float value) {
    if (!Float.isFinite(value)) {
      throw new IllegalArgumentException("expected a finite %s, found %s".formatted(option, value));
    }
    options.put(option, value);
    return this;
  }

  /** With a word. */
  WrittenLayer with(String option, String value) {
    options.put(option, value);
    return this;
  }

  /** With a yes or no. */
  WrittenLayer with(String option, boolean value) {
    options.put(option, value);
    return this;
  }

  /** With images that have their channels last. */
  WrittenLayer channelsLast() {
    return with("data_format", "channels_last");
  }
}
