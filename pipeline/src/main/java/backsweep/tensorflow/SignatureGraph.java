package backsweep.tensorflow;

import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.family.TType;

/**
 * A TensorFlow graph in the making and the named tensors that go in and out of it.
 *
 * <p>It holds native memory; close it. The model it becomes has constants and no variables, so it
 * is one file, written without a session.
 */
final class SignatureGraph implements AutoCloseable {

  /** What a signature is for, as TensorFlow Serving calls it. */
  static final String METHOD = "tensorflow/serving/predict";

  private final Graph graph;
  private final Ops tf;
  private final Map<String, TensorInfo> inputs = new TreeMap<>();

  /** By signature and name; all signatures have the same inputs. */
  private final Map<String, Map<String, TensorInfo>> outputs = new TreeMap<>();

  SignatureGraph() {
    NativeTensorFlow.load();
    graph = new Graph();
    tf = Ops.create(graph);
  }

  /** Where operations are added. */
  Ops tf() {
    return tf;
  }

  /** A named input; -1 is a dimension that is known only when it runs. */
  <T extends TType> Operand<T> input(String name, Class<T> type, long... dimensions) {
    Operand<T> input = tf.withName(name).placeholder(type, Placeholder.shape(Shape.of(dimensions)));
    inputs.put(name, describe(input));
    return input;
  }

  /** Names an output of {@link Signatures#DEFAULT}. */
  void output(String name, Operand<?> value) {
    output(Signatures.DEFAULT, name, value);
  }

  /** Names an output of a signature. */
  void output(String signature, String name, Operand<?> value) {
    outputs.computeIfAbsent(signature, key -> new TreeMap<>()).put(name, describe(value));
  }

  private static TensorInfo describe(Operand<?> operand) {
    Output<?> output = operand.asOutput();
    return TensorInfo.newBuilder()
        .setName(output.op().name() + ":" + output.index())
        .setDtype(output.dataType())
        .setTensorShape(describe(output.shape()))
        .build();
  }

  private static TensorShapeProto describe(Shape shape) {
    TensorShapeProto.Builder proto = TensorShapeProto.newBuilder();
    if (shape.isUnknown()) {
      return proto.setUnknownRank(true).build();
    }
    for (long size : shape.asArray()) {
      proto.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    return proto.build();
  }

  /**
   * The model of everything added. Nothing can be added any more: the graph is closed before the
   * weights in it are copied again.
   */
  SavedModel toSavedModel() {
    Map<String, SignatureDef> signatures = new TreeMap<>();
    outputs.forEach((name, named) -> signatures.put(name, signature(named)));
    GraphDef definition = graph.toGraphDef();
    graph.close();
    return ModelFile.of(definition, signatures);
  }

  private SignatureDef signature(Map<String, TensorInfo> named) {
    return SignatureDef.newBuilder()
        .putAllInputs(inputs)
        .putAllOutputs(named)
        .setMethodName(METHOD)
        .build();
  }

  @Override
  public void close() {
    graph.close();
  }
}
