package backsweep.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.network.Activation;
import backsweep.network.ChannelMask;
import backsweep.network.Dense;
import backsweep.network.Flatten;
import backsweep.network.Network;
import backsweep.network.PruningPoint;
import backsweep.network.Truncation;
import backsweep.testing.LayerZoo;
import backsweep.testing.NetworkSketch;
import backsweep.testing.RandomNetworks;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CheckedGraphTest {

  private static final int RANDOM = 60;

  /** Whoever adds an operation to a lowering adds it there, too; what is not needed stays out. */
  @Test
  void letsInWhatDetectorsAreMadeOfAndNothingElse() throws InvalidProtocolBufferException {
    Set<String> found = new TreeSet<>();
    for (Network network : networks()) {
      for (byte[] file : detectors(network)) {
        org.tensorflow.proto.SavedModel.parseFrom(file)
            .getMetaGraphs(0)
            .getGraphDef()
            .getNodeList()
            .forEach(node -> found.add(node.getOp()));
      }
    }
    assertThat(found).isEqualTo(new TreeSet<>(CheckedGraph.OPERATIONS));
  }

  @Test
  void letsInEveryDetectorOfOurs() {
    for (Network network : networks()) {
      for (byte[] file : detectors(network)) {
        assertThat(StoredDetector.of(file).classes()).isEqualTo(network.classes());
      }
    }
  }

  /** By pruning, where there is something to prune, and as after fine-tuning. */
  private static List<byte[]> detectors(Network network) {
    NetworkModels models = new NetworkModels(network, 255);
    List<SavedModel> detectors = new ArrayList<>(List.of(models.goodNet(network)));
    if (!network.graph().convolutions().isEmpty()) {
      PruningPoint point = PruningPoint.of(network, Optional.empty(), Optional.empty());
      ChannelMask mask = ChannelMask.pruning(point.channels(), List.of(0));
      detectors.add(models.goodNet(point, mask));
    }
    return detectors.stream().map(model -> model.content(StoredDetector.FILE)).toList();
  }

  private static List<Network> networks() {
    List<Network> networks = new ArrayList<>(LayerZoo.networks().values());
    IntStream.range(0, RANDOM).mapToObj(RandomNetworks::ofAllLayers).forEach(networks::add);
    NetworkSketch sketch =
        new NetworkSketch(1, 4, 4, 2)
            .then("whole", new Truncation())
            .convolution("conv", 3)
            .activation("elu", new Activation.Elu(1));
    for (Activation.Plain function : Activation.Plain.values()) {
      sketch.activation("apply_" + function, function);
    }
    networks.add(sketch.classes(3));
    networks.add(
        new NetworkSketch(2, 4, 4, 2)
            .convolution("conv", 3)
            .then("flatten", new Flatten())
            .then("logits", new Dense(3, true))
            .network());
    return networks;
  }
}
