package backsweep.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.network.Shape;
import backsweep.testing.SmallDetector;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** A detector's folder may have been written by anybody. */
class StoredDetectorTest {

  private static final byte[] WHOLE = new SmallDetector().model().content(StoredDetector.FILE);

  private static org.tensorflow.proto.SavedModel parse(byte[] bytes) {
    try {
      return org.tensorflow.proto.SavedModel.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] with(Consumer<MetaGraphDef.Builder> change) {
    org.tensorflow.proto.SavedModel.Builder model = parse(WHOLE).toBuilder();
    change.accept(model.getMetaGraphsBuilder(0));
    return model.build().toByteArray();
  }

  private static byte[] withNode(NodeDef node) {
    return with(graph -> graph.getGraphDefBuilder().addNode(node));
  }

  private static void assertRefused(byte[] file, String problem) {
    assertThatThrownBy(() -> StoredDetector.of(file))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void ofOursIsUnderstood() {
    StoredDetector detector = StoredDetector.of(WHOLE);

    assertThat(detector.classes()).isEqualTo(SmallDetector.CLASSES);
    assertThat(detector.input()).isEqualTo(Shape.of(6, 5, 3));
    assertThat(detector.model().names()).containsExactly(StoredDetector.FILE);
    MetaGraphDef written = parse(detector.model().content(StoredDetector.FILE)).getMetaGraphs(0);
    MetaGraphDef found = parse(WHOLE).getMetaGraphs(0);
    assertThat(written.getGraphDef().getNodeList()).isEqualTo(found.getGraphDef().getNodeList());
    assertThat(written.getSignatureDefMap().keySet()).containsExactly(Signatures.DEFAULT);
    assertThat(written.getSignatureDefMap().get(Signatures.DEFAULT))
        .isEqualTo(
            found.getSignatureDefMap().get(Signatures.ANSWERS).toBuilder()
                .putOutputs(Signatures.PROBABILITY, scores())
                .build());
  }

  /** What the detector gives each class and "backdoored". */
  private static TensorInfo scores() {
    return parse(WHOLE)
        .getMetaGraphs(0)
        .getSignatureDefOrThrow(Signatures.DEFAULT)
        .getOutputsOrThrow(Signatures.PROBABILITY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ReadFile", "WriteFile", "PyFunc", "EagerPyFunc", "VarHandleOp", "RestoreV2", "SaveV2",
        "PartitionedCall", "MatchingFiles", "DebugIdentity", "Print", "PrintV2", "LoadLibrary", ""
      })
  void operationsThatDetectorsDoNotHaveAreRefusedByName(String operation) {
    assertRefused(
        withNode(NodeDef.newBuilder().setName("mean").setOp(operation).build()),
        "node \"mean\": expected only operations that detectors have, found \"%s\""
            .formatted(operation));
  }

  @Test
  void functionsDevicesAndSwitchesOfCompilersAreRefused() {
    assertRefused(
        with(
            graph ->
                graph
                    .getGraphDefBuilder()
                    .getLibraryBuilder()
                    .addFunction(FunctionDef.getDefaultInstance())),
        "expected a graph without functions");
    NodeDef node = parse(WHOLE).getMetaGraphs(0).getGraphDef().getNode(0);
    assertRefused(
        withNode(node.toBuilder().setDevice("/job:worker/task:7").build()),
        "expected no device, found \"/job:worker/task:7\"");
    assertRefused(
        withNode(
            node.toBuilder()
                .putAttr("_XlaCompile", AttrValue.newBuilder().setB(true).build())
                .build()),
        "expected no attributes for compilers, found \"_XlaCompile\"");
    assertRefused(
        withNode(
            node.toBuilder()
                .putAttr(
                    "f", AttrValue.newBuilder().setFunc(NameAttrList.getDefaultInstance()).build())
                .build()),
        "expected no function, found one as \"f\"");
  }

  @Test
  void constantsThatAreLargerThanTheirBytesAreRefused() {
    TensorProto.Builder huge =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_FLOAT)
            .setTensorShape(
                TensorShapeProto.newBuilder()
                    .addDim(TensorShapeProto.Dim.newBuilder().setSize(1 << 20))
                    .addDim(TensorShapeProto.Dim.newBuilder().setSize(1 << 20)))
            .addFloatVal(1);
    assertRefused(withNode(constant(huge.build())), "found 0 bytes");
    TensorProto four =
        huge.clearFloatVal().setTensorContent(ByteString.copyFrom(new byte[4])).build();
    assertRefused(withNode(constant(four)), "found 4 bytes");
    assertRefused(
        withNode(constant(huge.setDtype(DataType.DT_STRING).build())),
        "expected a constant of numbers, found DT_STRING");
  }

  private static NodeDef constant(TensorProto value) {
    return NodeDef.newBuilder()
        .setName("c")
        .setOp("Const")
        .putAttr("value", AttrValue.newBuilder().setTensor(value).build())
        .build();
  }

  @Test
  void whatElseAFileHoldsDoesNotReachTensorFlow() {
    byte[] file =
        with(
            graph ->
                graph
                    .addAssetFileDef(AssetFileDef.newBuilder().setFilename("../../etc/passwd"))
                    .putCollectionDef("saved_model_main_op", CollectionDef.getDefaultInstance()));

    assertThat(StoredDetector.of(file)).isEqualTo(StoredDetector.of(WHOLE));
  }

  @Test
  void detectorsOfEarlierVersionsSayWhatToDo() {
    assertRefused(
        with(graph -> graph.removeSignatureDef(Signatures.ANSWERS)),
        "expected the signature \"answers\", which detectors have that this version wrote, found"
            + " only [serving_default]; run defend again, into a new output");
  }

  @Test
  void signaturesThatSaySomethingElseAreRefused() {
    SignatureDef answers =
        parse(WHOLE).getMetaGraphs(0).getSignatureDefMap().get(Signatures.ANSWERS);
    assertAnswers(answers.toBuilder().removeOutputs(Signatures.REPAIRED), "expected \"repaired\"");
    assertAnswers(
        answers.toBuilder().removeInputs(Signatures.IMAGE), "expected one input, found []");
    assertAnswers(
        answers.toBuilder()
            .putOutputs(Signatures.REPAIRED, answers.getOutputsMap().get(Signatures.CLASS)),
        "expected \"repaired\" as DT_FLOAT with 2 axes, found DT_INT32 with [-1]");
    assertAnswers(
        answers.toBuilder()
            .putInputs(Signatures.IMAGE, answers.getOutputsMap().get(Signatures.REPAIRED)),
        "expected \"image\" as DT_FLOAT with 4 axes, found DT_FLOAT with [-1, 4]");
  }

  @Test
  void scoresThatAreNotThoseOfADetectorAreRefused() {
    assertRefused(
        with(graph -> graph.removeSignatureDef(Signatures.DEFAULT)),
        "expected the signature \"serving_default\"");
    SignatureDef served = parse(WHOLE).getMetaGraphs(0).getSignatureDefOrThrow(Signatures.DEFAULT);
    assertServed(
        served.toBuilder().removeOutputs(Signatures.PROBABILITY),
        "expected \"probability\" in its signature, found only []");
    TensorInfo.Builder four = scores().toBuilder();
    four.getTensorShapeBuilder().getDimBuilder(1).setSize(SmallDetector.CLASSES);
    assertServed(
        served.toBuilder().putOutputs(Signatures.PROBABILITY, four.build()),
        "expected 5 scores of the detector, one more than its networks have, found [-1, 4]");
  }

  private static void assertServed(SignatureDef.Builder served, String problem) {
    assertRefused(
        with(graph -> graph.putSignatureDef(Signatures.DEFAULT, served.build())), problem);
  }

  private static void assertAnswers(SignatureDef.Builder answers, String problem) {
    assertRefused(
        with(graph -> graph.putSignatureDef(Signatures.ANSWERS, answers.build())), problem);
  }

  @Test
  void moreStructureThanAnyNetworkHasIsRefusedBeforeItTakesMemory() {
    GraphDef.Builder nodes = GraphDef.newBuilder();
    for (int i = 0; i < 100; i++) {
      nodes.addNode(NodeDef.newBuilder().setName("x".repeat(ModelWire.MOST_STRUCTURE / 100)));
    }
    assertRefused(
        with(graph -> graph.getGraphDefBuilder().mergeFrom(nodes.build())),
        "expected at most 8388608 bytes beside the weights, found ");
  }

  /** Whatever is wrong with it, a file is refused, or what is left of it is a detector. */
  @Test
  void mutantsAreRefusedOrHarmless() {
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 400; i++) {
      byte[] mutant = WHOLE.clone();
      int changes = 1 + random.nextInt(4);
      for (int change = 0; change < changes; change++) {
        mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
      }
      refused += isRefused(mutant) ? 1 : 0;
      refused += isRefused(Arrays.copyOf(WHOLE, random.nextInt(WHOLE.length))) ? 1 : 0;
    }
    assertThat(refused).isGreaterThan(400);
  }

  private static boolean isRefused(byte[] file) {
    try {
      StoredDetector detector = StoredDetector.of(file);
      assertThat(
              parse(detector.model().content(StoredDetector.FILE))
                  .getMetaGraphs(0)
                  .getGraphDef()
                  .getNodeList())
          .extracting(NodeDef::getOp)
          .isSubsetOf(CheckedGraph.OPERATIONS);
      return false;
    } catch (UnusableModelException | IllegalArgumentException e) {
      return true;
    }
  }
}
