package backsweep.tensorflow;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
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

  private static final int SCHEMA_VERSION = 1;

  private final Graph graph;
  private final Ops tf;
  private final Map<String, TensorInfo> inputs = new TreeMap<>();
  private final Map<String, TensorInfo> outputs = new TreeMap<>();

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

  /** Names an output. */
  void output(String name, Operand<?> value) {
    outputs.put(name, describe(value));
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
   * The model of everything added, with one signature, {@link Signatures#DEFAULT}. Nothing can be
   * added any more: the graph is closed before the weights in it are copied again.
   */
  SavedModel toSavedModel() {
    MetaGraphDef.MetaInfoDef information =
        MetaGraphDef.MetaInfoDef.newBuilder()
            .addTags("serve")
            .setTensorflowVersion(TensorFlow.version())
            .build();
    SignatureDef signature =
        SignatureDef.newBuilder()
            .putAllInputs(inputs)
            .putAllOutputs(outputs)
            .setMethodName("tensorflow/serving/predict")
            .build();
    GraphDef definition = graph.toGraphDef();
    graph.close();
    MetaGraphDef metaGraph =
        MetaGraphDef.newBuilder()
            .setMetaInfoDef(information)
            .setGraphDef(definition)
            .putSignatureDef(Signatures.DEFAULT, signature)
            .build();
    return SavedModel.ofOwn("saved_model.pb", serialize(metaGraph));
  }

  /** The bytes with all maps in the order of their keys, so always the same. */
  private static byte[] serialize(MetaGraphDef metaGraph) {
    org.tensorflow.proto.SavedModel model =
        org.tensorflow.proto.SavedModel.newBuilder()
            .setSavedModelSchemaVersion(SCHEMA_VERSION)
            .addMetaGraphs(metaGraph)
            .build();
    byte[] bytes = new byte[model.getSerializedSize()];
    CodedOutputStream stream = CodedOutputStream.newInstance(bytes);
    stream.useDeterministicSerialization();
    try {
      model.writeTo(stream);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    stream.checkNoSpaceLeft();
    return bytes;
  }

  @Override
  public void close() {
    graph.close();
  }
}
