package backsweep.tensorflow;

import com.google.protobuf.ByteString;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * A stranger's graph that was found to have nothing but operations that the models of {@link
 * NetworkModels} have. None of them touches a file, a device, a variable or the network, none calls
 * a function, and constants are no larger than their bytes.
 */
final class CheckedGraph {

  /** All that detectors are made of; a test holds it to what the lowerings of all layers add. */
  static final Set<String> OPERATIONS =
      Set.of(
          "Add",
          "AvgPool",
          "BiasAdd",
          "Cast",
          "ConcatV2",
          "Const",
          "Conv2D",
          "DepthwiseConv2dNative",
          "Div",
          "Elu",
          "Equal",
          "Erf",
          "Exp",
          "ExpandDims",
          "Expm1",
          "GatherV2",
          "Greater",
          "IsNan",
          "LeakyRelu",
          "MatMul",
          "Max",
          "MaxPoolV2",
          "Maximum",
          "Mean",
          "Min",
          "Minimum",
          "Mul",
          "Neg",
          "Pack",
          "PadV2",
          "Placeholder",
          "PlaceholderWithDefault",
          "Relu",
          "Relu6",
          "Reshape",
          "ResizeBilinear",
          "ResizeNearestNeighbor",
          "Rsqrt",
          "SelectV2",
          "Selu",
          "Shape",
          "Sigmoid",
          "Slice",
          "Softmax",
          "Softplus",
          "Softsign",
          "Split",
          "SquaredDifference",
          "Squeeze",
          "Sub",
          "Tanh",
          "TopKV2",
          "Transpose");

  /** Bytes of a value by the types that detectors have. */
  private static final Map<DataType, Integer> SIZES =
      Map.of(
          DataType.DT_FLOAT, Float.BYTES,
          DataType.DT_DOUBLE, Double.BYTES,
          DataType.DT_INT32, Integer.BYTES,
          DataType.DT_INT64, Long.BYTES,
          DataType.DT_BOOL, 1);

  private CheckedGraph() {}

  /**
   * A graph with the nodes of another and nothing else of it.
   *
   * @throws UnusableModelException if a node is not what a detector has
   */
  static GraphDef of(GraphDef graph) {
    if (graph.getLibrary().getFunctionCount() + graph.getLibrary().getGradientCount() > 0) {
      throw new UnusableModelException("expected a graph without functions, found some");
    }
    GraphDef.Builder checked = GraphDef.newBuilder().setVersions(graph.getVersions());
    for (NodeDef node : graph.getNodeList()) {
      checkOperation(node);
      checked.addNode(copy(node));
    }
    return checked.build();
  }

  private static void checkOperation(NodeDef node) {
    if (!OPERATIONS.contains(node.getOp())) {
      throw problem(
          node,
          "expected only operations that detectors have, found \"%s\"".formatted(node.getOp()));
    }
    if (!node.getDevice().isEmpty()) {
      throw problem(node, "expected no device, found \"%s\"".formatted(node.getDevice()));
    }
  }

  private static NodeDef copy(NodeDef node) {
    Map<String, AttrValue> attributes = new TreeMap<>(node.getAttrMap());
    attributes.forEach((name, value) -> checkAttribute(node, name, value));
    return NodeDef.newBuilder()
        .setName(node.getName())
        .setOp(node.getOp())
        .addAllInput(node.getInputList())
        .putAllAttr(attributes)
        .build();
  }

  private static void checkAttribute(NodeDef node, String name, AttrValue value) {
    if (name.startsWith("_")) {
      throw problem(node, "expected no attributes for compilers, found \"%s\"".formatted(name));
    }
    switch (value.getValueCase()) {
      case FUNC, PLACEHOLDER ->
          throw problem(node, "expected no function, found one as \"%s\"".formatted(name));
      case LIST -> {
        if (value.getList().getFuncCount() + value.getList().getTensorCount() > 0) {
          throw problem(node, "expected no functions, found some as \"%s\"".formatted(name));
        }
      }
      case TENSOR -> checkConstant(node, value.getTensor());
      default -> {}
    }
  }

  /** A constant of which the file has one value can have a shape that fills the memory. */
  private static void checkConstant(NodeDef node, TensorProto constant) {
    Integer size = SIZES.get(constant.getDtype());
    if (size == null) {
      throw problem(
          node, "expected a constant of numbers, found %s".formatted(constant.getDtype()));
    }
    ByteString content = constant.getTensorContent();
    long values = values(constant.getTensorShape());
    if (content.isEmpty() ? values > 1 : values != content.size() / size) {
      throw problem(
          node,
          "expected a constant as large as its shape, found %d bytes".formatted(content.size()));
    }
  }

  /** How many there are; -1 where there cannot be so many, or it is not said how many there are. */
  private static long values(TensorShapeProto shape) {
    long values = shape.getUnknownRank() ? -1 : 1;
    for (TensorShapeProto.Dim dimension : shape.getDimList()) {
      boolean isPossible =
          values >= 0 && dimension.getSize() >= 0 && dimension.getSize() <= Integer.MAX_VALUE;
      values = isPossible && values <= Integer.MAX_VALUE ? values * dimension.getSize() : -1;
    }
    return values;
  }

  private static UnusableModelException problem(NodeDef node, String problem) {
    return new UnusableModelException("node \"%s\": %s".formatted(node.getName(), problem));
  }
}
