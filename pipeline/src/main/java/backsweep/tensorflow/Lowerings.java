package backsweep.tensorflow;

import backsweep.network.Activate;
import backsweep.network.BatchNormalization;
import backsweep.network.Concatenation;
import backsweep.network.Convolution;
import backsweep.network.Cropping;
import backsweep.network.Dense;
import backsweep.network.DepthwiseConvolution;
import backsweep.network.Flatten;
import backsweep.network.GlobalPooling;
import backsweep.network.GroupNormalization;
import backsweep.network.Identity;
import backsweep.network.Layer;
import backsweep.network.LayerNormalization;
import backsweep.network.Merge;
import backsweep.network.Permutation;
import backsweep.network.Pooling;
import backsweep.network.Prelu;
import backsweep.network.Rescaling;
import backsweep.network.Reshape;
import backsweep.network.Standardization;
import backsweep.network.Truncation;
import backsweep.network.Upsampling;
import backsweep.network.ZeroPadding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The lowering of every kind of layer but the input, which is where a graph begins. */
final class Lowerings {

  private static final Map<Class<? extends Layer>, Lowering<Layer>> BY_KIND = new HashMap<>();

  static {
    put(Convolution.class, ConvolutionLowering::convolution);
    put(DepthwiseConvolution.class, ConvolutionLowering::depthwise);
    put(Dense.class, Lowerings::dense);
    put(Pooling.class, PoolingLowering::pooling);
    put(GlobalPooling.class, PoolingLowering::globalPooling);
    put(Upsampling.class, PlacementLowering::upsampling);
    put(ZeroPadding.class, PlacementLowering::zeroPadding);
    put(Cropping.class, PlacementLowering::cropping);
    put(BatchNormalization.class, NormalizationLowering::batch);
    put(LayerNormalization.class, NormalizationLowering::layer);
    put(GroupNormalization.class, NormalizationLowering::group);
    put(Standardization.class, NormalizationLowering::standardization);
    put(Activate.class, ActivationLowering::activate);
    put(Prelu.class, ActivationLowering::prelu);
    put(Rescaling.class, NormalizationLowering::rescaling);
    put(Merge.class, MergeLowering::merge);
    put(Concatenation.class, MergeLowering::concatenation);
    put(Flatten.class, (layer, place) -> PlacementLowering.reshaped(place, layer));
    put(Reshape.class, (layer, place) -> PlacementLowering.reshaped(place, layer));
    put(Permutation.class, PlacementLowering::permutation);
    put(Truncation.class, Lowerings::truncation);
    put(Identity.class, (layer, place) -> place.input());
  }

  private Lowerings() {}

  private static <L extends Layer> void put(Class<L> kind, Lowering<L> lowering) {
    BY_KIND.put(kind, (layer, place) -> lowering.lower(kind.cast(layer), place));
  }

  /** The kinds of layers that can be lowered. */
  static Set<Class<? extends Layer>> kinds() {
    return BY_KIND.keySet();
  }

  /**
   * Adds the operations of one node.
   *
   * @throws IllegalStateException if this kind of layer has no lowering, an error of the program
   */
  static Operand<TFloat32> lower(Layer layer, LoweringPlace place) {
    Lowering<Layer> lowering = BY_KIND.get(layer.getClass());
    if (lowering == null) {
      throw new IllegalStateException("no lowering of " + layer);
    }
    return lowering.lower(layer, place);
  }

  private static Operand<TFloat32> truncation(Truncation layer, LoweringPlace place) {
    Ops tf = place.tf();
    return tf.dtypes.cast(tf.dtypes.cast(place.input(), TInt32.class), TFloat32.class);
  }

  private static Operand<TFloat32> dense(Dense layer, LoweringPlace place) {
    Ops tf = place.tf();
    Operand<TFloat32> kernel = place.variable("kernel");
    int rank = place.inputShape().rank();
    if (rank == 1) {
      return place.biased(tf.linalg.matMul(place.input(), kernel), layer.bias());
    }
    // As many features as the kernel takes: channels may have been left out of both.
    Operand<TInt32> features = tf.gather(tf.shape(kernel), tf.constant(0), tf.constant(0));
    Operand<TFloat32> rows =
        tf.reshape(place.input(), tf.stack(List.of(tf.constant(-1), features)));
    Operand<TFloat32> product = place.biased(tf.linalg.matMul(rows, kernel), layer.bias());
    return tf.reshape(product, place.batchOf(layer.outputShape(place.inputShapes())));
  }
}
