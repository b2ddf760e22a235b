package backsweep.keras;

import backsweep.network.GlobalPooling;
import backsweep.network.Layer;
import backsweep.network.Pooling;
import backsweep.network.Reduction;
import backsweep.network.Shape;
import java.util.List;

/** Pooling layers. */
final class PoolingLayers {

  private PoolingLayers() {}

  static List<Layer> maximum(LayerOptions options, List<Shape> inputs) {
    return windowed(Reduction.MAXIMUM, options);
  }

  static List<Layer> average(LayerOptions options, List<Shape> inputs) {
    return windowed(Reduction.AVERAGE, options);
  }

  /** Pooling over all positions of an input of this rank. */
  static LayerCatalog.Reader global(Reduction reduction, int rank) {
    return (options, inputs) -> {
      boolean keepDimensions = options.channelsLast().flag("keepdims", false);
      Layer.single(inputs, rank);
      return List.of(new GlobalPooling(reduction, keepDimensions));
    };
  }

  private static List<Layer> windowed(Reduction reduction, LayerOptions options) {
    return List.of(new Pooling(reduction, Windows.read(options.channelsLast(), "pool_size")));
  }
}
