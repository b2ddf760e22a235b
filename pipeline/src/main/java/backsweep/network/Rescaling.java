package backsweep.network;

import java.util.List;
import java.util.Map;

/**
 * {@code x * scale + offset} for every value.
 *
 * @param scales the factor, one for all channels or one for each
 * @param offsets what is added, one for all channels or one for each
 */
public record Rescaling(List<Float> scales, List<Float> offsets) implements Layer {

  /** Copies the lists. */
  public Rescaling {
    scales = List.copyOf(scales);
    offsets = List.copyOf(offsets);
  }

  /** The same for all channels. */
  public Rescaling(float scale, float offset) {
    this(List.of(scale), List.of(offset));
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = Layer.single(inputs);
    checkSize("scales", scales.size(), input);
    checkSize("offsets", offsets.size(), input);
    return input;
  }

  private static void checkSize(String what, int size, Shape input) {
    if (size != 1 && size != input.channels()) {
      throw new IllegalArgumentException(
          "expected one of the %s, or one for each of the %d channels, found %d"
              .formatted(what, input.channels(), size));
    }
  }

  @Override
  public boolean actsPerChannel() {
    return true;
  }

  @Override
  public boolean keepsZero(Map<String, Tensor> variables) {
    for (float scale : scales) {
      for (float offset : offsets) {
        if (!(0 * scale + offset == 0)) {
          return false;
        }
      }
    }
    return true;
  }
}
