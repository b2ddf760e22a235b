package backsweep.tensorflow;

import backsweep.network.Cropping;
import backsweep.network.Layer;
import backsweep.network.Margins;
import backsweep.network.Permutation;
import backsweep.network.Shape;
import backsweep.network.Upsampling;
import backsweep.network.ZeroPadding;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.op.image.ResizeNearestNeighbor;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Layers that put values to other places, in TensorFlow's operations. */
final class PlacementLowering {

  private PlacementLowering() {}

  /** The values, row-major, in the shape of a layer's output. */
  static Operand<TFloat32> reshaped(LoweringPlace place, Layer layer) {
    Shape shape = layer.outputShape(place.inputShapes());
    return place.tf().reshape(place.input(), place.batchOf(shape));
  }

  static Operand<TFloat32> permutation(Permutation layer, LoweringPlace place) {
    int[] axes = new int[layer.axes().size() + 1];
    for (int axis = 1; axis < axes.length; axis++) {
      axes[axis] = layer.axes().get(axis - 1) + 1;
    }
    return place.tf().linalg.transpose(place.input(), place.tf().array(axes));
  }

  static Operand<TFloat32> zeroPadding(ZeroPadding layer, LoweringPlace place) {
    Ops tf = place.tf();
    Margins margins = layer.margins();
    int[][] zeros = {
      {0, 0}, {margins.top(), margins.bottom()}, {margins.left(), margins.right()}, {0, 0}
    };
    return tf.pad(place.input(), tf.constant(zeros), tf.constant(0f));
  }

  static Operand<TFloat32> cropping(Cropping layer, LoweringPlace place) {
    Ops tf = place.tf();
    Operand<TInt32> first = tf.array(0, layer.margins().top(), layer.margins().left(), 0);
    return tf.slice(place.input(), first, place.batchOf(layer.outputShape(place.inputShapes())));
  }

  static Operand<TFloat32> upsampling(Upsampling layer, LoweringPlace place) {
    Ops tf = place.tf();
    Shape shape = layer.outputShape(place.inputShapes());
    Operand<TInt32> size = tf.array(shape.dimension(0), shape.dimension(1));
    return layer.bilinear()
        ? tf.image.resizeBilinear(place.input(), size, ResizeBilinear.halfPixelCenters(true))
        : tf.image.resizeNearestNeighbor(
            place.input(), size, ResizeNearestNeighbor.halfPixelCenters(true));
  }
}
