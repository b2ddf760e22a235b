package backsweep.keras;

import backsweep.network.Concatenation;
import backsweep.network.Layer;
import backsweep.network.Merge;
import backsweep.network.Shape;
import java.util.List;

/** Layers of several inputs. */
final class MergeLayers {

  private MergeLayers() {}

  /** Inputs merged element by element. */
  static LayerCatalog.Reader of(Merge.Operation operation) {
    return (options, inputs) -> List.of(new Merge(operation));
  }

  static List<Layer> concatenate(LayerOptions options, List<Shape> inputs) {
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("expected at least two inputs, found none");
    }
    List<Integer> axes = Axes.read(options, inputs.get(0), -1);
    if (axes.size() != 1) {
      throw options.wrong("axis", "one whole number", options.json("axis"));
    }
    return List.of(new Concatenation(axes.get(0)));
  }
}
