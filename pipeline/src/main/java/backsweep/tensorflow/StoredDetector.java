package backsweep.tensorflow;

import backsweep.network.Shape;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * A detector G as it was found in a folder, which anybody may have written. Of the file only what
 * was checked is used: the model here is written anew, and nothing else ever reaches TensorFlow.
 *
 * @param model whose signature, {@link Signatures#DEFAULT}, is what {@link Signatures#ANSWERS} was,
 *     with the scores beside it that {@link Signatures#DEFAULT} had
 * @param input the shape of an image, {@code (height, width, channel)}
 * @param classes of the network; the detector has one more
 */
public record StoredDetector(SavedModel model, Shape input, int classes) implements Serializable {

  /** The file of the folder that is read; there may be others, which nobody looks at. */
  public static final String FILE = ModelFile.NAME;

  /** No network that is read has more. */
  private static final int MOST_CLASSES = 1 << 24;

  private static final String EARLIER =
      "expected the signature \"%s\", which detectors have that this version wrote, found only %s;"
          + " run defend again, into a new output";

  /**
   * The detector of a file.
   *
   * @param file the bytes of {@link #FILE}
   * @throws UnusableModelException if it is no detector of ours; it says what was found
   */
  public static StoredDetector of(byte[] file) {
    org.tensorflow.proto.SavedModel found = ModelWire.parse(file);
    if (found.getMetaGraphsCount() != 1) {
      throw new UnusableModelException(
          "expected a SavedModel with one graph, found %d".formatted(found.getMetaGraphsCount()));
    }
    MetaGraphDef metaGraph = found.getMetaGraphs(0);
    checkTags(metaGraph);
    Map<String, SignatureDef> signatures = metaGraph.getSignatureDefMap();
    SignatureDef answers = signature(signatures, Signatures.ANSWERS);
    Shape input = input(answers);
    int classes = classes(answers);
    TensorInfo scores = scores(signature(signatures, Signatures.DEFAULT), classes);
    SavedModel model =
        ModelFile.of(
            CheckedGraph.of(metaGraph.getGraphDef()),
            Map.of(Signatures.DEFAULT, rewritten(answers, scores)));
    return new StoredDetector(model, input, classes);
  }

  private static void checkTags(MetaGraphDef metaGraph) {
    List<String> tags = metaGraph.getMetaInfoDef().getTagsList();
    if (!tags.equals(List.of(ModelFile.TAG))) {
      throw new UnusableModelException("expected a model for serving, found the tags " + tags);
    }
  }

  private static SignatureDef signature(Map<String, SignatureDef> signatures, String name) {
    SignatureDef signature = signatures.get(name);
    if (signature == null) {
      throw new UnusableModelException(EARLIER.formatted(name, signatures.keySet()));
    }
    return signature;
  }

  private static Shape input(SignatureDef answers) {
    if (answers.getInputsCount() != 1) {
      throw new UnusableModelException(
          "expected one input, found " + answers.getInputsMap().keySet());
    }
    List<Long> axes = axes(answers.getInputsMap(), Signatures.IMAGE, DataType.DT_FLOAT, 4);
    return Shape.of(size(axes, 1), size(axes, 2), size(axes, 3));
  }

  private static int classes(SignatureDef answers) {
    Map<String, TensorInfo> outputs = answers.getOutputsMap();
    List<Long> original = axes(outputs, Signatures.ORIGINAL, DataType.DT_FLOAT, 2);
    List<Long> repaired = axes(outputs, Signatures.REPAIRED, DataType.DT_FLOAT, 2);
    for (String classes :
        List.of(Signatures.CLASS, Signatures.ORIGINAL_CLASS, Signatures.REPAIRED_CLASS)) {
      axes(outputs, classes, DataType.DT_INT32, 1);
    }
    if (!original.equals(repaired)) {
      throw new UnusableModelException(
          "expected as many classes of both networks, found %s and %s"
              .formatted(original, repaired));
    }
    int classes = size(original, 1);
    if (classes > MOST_CLASSES) {
      throw new UnusableModelException(
          "expected at most %d classes, found %d".formatted(MOST_CLASSES, classes));
    }
    return classes;
  }

  private static TensorInfo scores(SignatureDef detector, int classes) {
    List<Long> axes = axes(detector.getOutputsMap(), Signatures.PROBABILITY, DataType.DT_FLOAT, 2);
    if (size(axes, 1) != classes + 1) {
      throw new UnusableModelException(
          "expected %d scores of the detector, one more than its networks have, found %s"
              .formatted(classes + 1, axes));
    }
    return detector.getOutputsOrThrow(Signatures.PROBABILITY);
  }

  /** What a signature says of the axes of a tensor, that of the images first. */
  private static List<Long> axes(
      Map<String, TensorInfo> tensors, String name, DataType type, int rank) {
    TensorInfo tensor = tensors.get(name);
    if (tensor == null) {
      throw new UnusableModelException(
          "expected \"%s\" in its signature, found only %s".formatted(name, tensors.keySet()));
    }
    List<Long> axes =
        tensor.getTensorShape().getDimList().stream().map(TensorShapeProto.Dim::getSize).toList();
    if (tensor.getDtype() != type || axes.size() != rank) {
      throw new UnusableModelException(
          "expected \"%s\" as %s with %d axes, found %s with %s"
              .formatted(name, type, rank, tensor.getDtype(), axes));
    }
    return axes;
  }

  private static int size(List<Long> axes, int axis) {
    long size = axes.get(axis);
    if (size < 1 || size > Integer.MAX_VALUE) {
      throw new UnusableModelException("expected axes of at least 1, found " + axes);
    }
    return (int) size;
  }

  /** Only names, types and shapes, of all that can stand there. */
  private static SignatureDef rewritten(SignatureDef signature, TensorInfo scores) {
    SignatureDef.Builder rewritten = SignatureDef.newBuilder().setMethodName(SignatureGraph.METHOD);
    signature.getInputsMap().forEach((name, tensor) -> rewritten.putInputs(name, named(tensor)));
    signature.getOutputsMap().forEach((name, tensor) -> rewritten.putOutputs(name, named(tensor)));
    return rewritten.putOutputs(Signatures.PROBABILITY, named(scores)).build();
  }

  private static TensorInfo named(TensorInfo tensor) {
    return TensorInfo.newBuilder()
        .setName(tensor.getName())
        .setDtype(tensor.getDtype())
        .setTensorShape(tensor.getTensorShape())
        .build();
  }
}
