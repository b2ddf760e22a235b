package backsweep.tensorflow;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/**
 * The bytes of a SavedModel before they are made into objects: an empty node takes two bytes of a
 * file and many more of the heap. What is not the content of a constant has a limit, therefore.
 */
final class ModelWire {

  /** The most bytes that names, operations and the like may take; large networks have one MiB. */
  static final int MOST_STRUCTURE = 8 << 20;

  /** The fields that lead to the contents of constants; the value of a map's entry has number 2. */
  private static final int[] TO_CONTENT = {
    org.tensorflow.proto.SavedModel.META_GRAPHS_FIELD_NUMBER,
    MetaGraphDef.GRAPH_DEF_FIELD_NUMBER,
    GraphDef.NODE_FIELD_NUMBER,
    NodeDef.ATTR_FIELD_NUMBER,
    2,
    AttrValue.TENSOR_FIELD_NUMBER,
    TensorProto.TENSOR_CONTENT_FIELD_NUMBER
  };

  private ModelWire() {}

  /**
   * The model that bytes are.
   *
   * @throws UnusableModelException if they are none, or have too much beside weights
   */
  static org.tensorflow.proto.SavedModel parse(byte[] bytes) {
    try {
      long structure = bytes.length - contents(CodedInputStream.newInstance(bytes), 0);
      if (structure > MOST_STRUCTURE) {
        throw new UnusableModelException(
            "expected at most %d bytes beside the weights, found %d"
                .formatted(MOST_STRUCTURE, structure));
      }
      return org.tensorflow.proto.SavedModel.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new UnusableModelException(
          "expected a SavedModel, found other bytes: " + e.getMessage());
    } catch (IOException e) {
      throw new UnusableModelException("expected a SavedModel, found less: " + e.getMessage());
    }
  }

  /** How many bytes of a message are contents of constants. */
  private static long contents(CodedInputStream in, int depth) throws IOException {
    long bytes = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      boolean leadsThere =
          WireFormat.getTagFieldNumber(tag) == TO_CONTENT[depth]
              && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
      if (!leadsThere) {
        in.skipField(tag);
      } else if (depth == TO_CONTENT.length - 1) {
        int length = in.readRawVarint32();
        in.skipRawBytes(length);
        bytes += length;
      } else {
        int limit = in.pushLimit(in.readRawVarint32());
        bytes += contents(in, depth + 1);
        in.checkLastTagWas(0);
        in.popLimit(limit);
      }
    }
    return bytes;
  }
}
