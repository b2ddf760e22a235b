package backsweep.testing;

import backsweep.inference.PixelSource;
import backsweep.inference.Threads;
import backsweep.inference.WholePredictor;
import backsweep.network.Activation;
import backsweep.network.ChannelMask;
import backsweep.network.Network;
import backsweep.network.PruningPoint;
import backsweep.tensorflow.NetworkModels;
import backsweep.tensorflow.SavedModel;
import backsweep.tensorflow.Signatures;
import backsweep.tensorflow.StoredDetector;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;

/**
 * A detector that is made of a small random network and itself with half of its channels pruned;
 * images are 6 x 5 pixels in colour, there are four classes.
 */
public final class SmallDetector {

  /** N: how many classes the network has. */
  public static final int CLASSES = 4;

  public static final int HEIGHT = 6;
  public static final int WIDTH = 5;
  public static final int VALUES = HEIGHT * WIDTH * 3;

  private static final Threads THREADS = new Threads(2, 1);

  private final Network network =
      new NetworkSketch(3, HEIGHT, WIDTH, 3)
          .convolution("conv", 6)
          .activation("relu", Activation.Relu.PLAIN)
          .classes(CLASSES);
  private final NetworkModels models = new NetworkModels(network, 255);
  private final PruningPoint point = PruningPoint.of(network, Optional.empty(), Optional.empty());
  private final ChannelMask mask = ChannelMask.pruning(point.channels(), List.of(0, 2, 5));

  /** The detector as it is written. */
  public SavedModel model() {
    return models.goodNet(point, mask);
  }

  /** Writes it into a folder, which is made. */
  public Path in(Path folder) {
    try {
      model().writeTo(folder);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Changes a detector's file: it calls every image backdoored, whatever its networks answer. */
  public static void accuseAll(Path folder) {
    Path file = folder.resolve(StoredDetector.FILE);
    try {
      org.tensorflow.proto.SavedModel.Builder model =
          org.tensorflow.proto.SavedModel.parseFrom(Files.readAllBytes(file)).toBuilder();
      accuseAll(model.getMetaGraphsBuilder(0));
      Files.write(file, model.build().toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void accuseAll(MetaGraphDef.Builder model) {
    SignatureDef.Builder answers = model.getSignatureDefOrThrow(Signatures.ANSWERS).toBuilder();
    TensorInfo answer = answers.getOutputsOrThrow(Signatures.CLASS);
    AttrValue type = AttrValue.newBuilder().setType(DataType.DT_INT32).build();
    ByteString bytes = ByteString.copyFrom(new byte[] {CLASSES, 0, 0, 0});
    TensorProto.Builder backdoored =
        TensorProto.newBuilder().setDtype(DataType.DT_INT32).setTensorContent(bytes);
    model
        .getGraphDefBuilder()
        .addNodeBuilder()
        .setName("backdoored")
        .setOp("Const")
        .putAttr("dtype", type)
        .putAttr("value", AttrValue.newBuilder().setTensor(backdoored).build());
    model
        .getGraphDefBuilder()
        .addNodeBuilder()
        .setName("accused")
        .setOp("Maximum")
        .addInput(answer.getName())
        .addInput("backdoored")
        .putAttr("T", type);
    answers.putOutputs(Signatures.CLASS, answer.toBuilder().setName("accused:0").build());
    model.putSignatureDef(Signatures.ANSWERS, answers.build());
  }

  /** What the network answers, run by itself. */
  public float[][] original(PixelSource images) {
    return run(models.whole(), images);
  }

  /** What the pruned network answers, run by itself. */
  public float[][] repaired(PixelSource images) {
    return run(models.whole(point, mask), images);
  }

  private static float[][] run(SavedModel model, PixelSource images) {
    try (WholePredictor predictor = new WholePredictor(model, THREADS)) {
      return predictor.probabilities(images);
    }
  }
}
