package backsweep.tensorflow;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;

/** The one file of a SavedModel whose weights are constants: a graph and its signatures. */
final class ModelFile {

  /** Its name in the folder. */
  static final String NAME = "saved_model.pb";

  /** By which a model for inference is found in the file. */
  static final String TAG = "serve";

  private static final int SCHEMA_VERSION = 1;

  private ModelFile() {}

  /** The model that such a file alone makes. */
  static SavedModel of(GraphDef graph, Map<String, SignatureDef> signatures) {
    NativeTensorFlow.load();
    MetaGraphDef.MetaInfoDef information =
        MetaGraphDef.MetaInfoDef.newBuilder()
            .addTags(TAG)
            .setTensorflowVersion(TensorFlow.version())
            .build();
    MetaGraphDef metaGraph =
        MetaGraphDef.newBuilder()
            .setMetaInfoDef(information)
            .setGraphDef(graph)
            .putAllSignatureDef(signatures)
            .build();
    return SavedModel.ofOwn(NAME, serialize(metaGraph));
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
}
