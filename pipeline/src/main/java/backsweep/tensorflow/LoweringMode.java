package backsweep.tensorflow;

import backsweep.network.Node;
import backsweep.network.Tensor;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** What a lowering makes of variables, and of layers that work otherwise while they learn. */
interface LoweringMode {

  /** A variable of the network; of the same tensor the same operand. */
  Operand<TFloat32> variable(Tensor tensor);

  /** Adds the operations of one node. */
  default Operand<TFloat32> lower(Node node, LoweringPlace place) {
    return Lowerings.lower(node.layer(), place);
  }
}
