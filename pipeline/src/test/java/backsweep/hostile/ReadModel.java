package backsweep.hostile;

import backsweep.modelfiles.KerasReader;
import backsweep.modelfiles.RepairedCopy;
import backsweep.network.ChannelMask;
import backsweep.network.Network;
import backsweep.network.PruningPoint;
import backsweep.tensorflow.NetworkModels;
import backsweep.tensorflow.SavedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A network of a stranger that was read, and what a defence does with it before it looks at an
 * image.
 *
 * @param file the model
 * @param architecture what was read with it, where it has none
 * @param network what was read
 */
record ReadModel(Path file, Optional<Path> architecture, Network network) {

  private static final String COPY = "repaired";

  static ReadModel of(Path file, Optional<Path> architecture) {
    return new ReadModel(file, architecture, KerasReader.read(file, architecture));
  }

  /** Where it is pruned by default. */
  PruningPoint point() {
    return PruningPoint.of(network, Optional.empty(), Optional.empty());
  }

  /**
   * Writes a copy with every other channel pruned, and reads it back; then it is gone again.
   *
   * @param folder where the copy is written
   * @throws AssertionError if what is read back is not the network that was pruned
   */
  void repair(Path folder) {
    PruningPoint point = point();
    ChannelMask mask =
        ChannelMask.pruning(
            point.channels(),
            IntStream.range(0, point.channels())
                .filter(channel -> channel % 2 == 0)
                .boxed()
                .collect(Collectors.toSet()));
    Path copy = folder.resolve(COPY);
    RepairedCopy.of(file, architecture).write(copy, point.convolution(), mask);
    try {
      Network back = readBack(copy);
      Network pruned = network.pruned(point.convolution(), mask);
      if (!back.graph().equals(pruned.graph()) || !back.weights().sameValues(pruned.weights())) {
        throw new AssertionError("the repaired copy of " + point + " is not the pruned network");
      }
    } finally {
      delete(copy);
    }
  }

  /** What was written can be read, whatever was refused before. */
  private Network readBack(Path copy) {
    try {
      return KerasReader.read(copy, architecture);
    } catch (RuntimeException e) {
      throw new AssertionError("the repaired copy cannot be read back: " + e.getMessage(), e);
    }
  }

  private static void delete(Path copy) {
    try {
      Files.delete(copy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The models that a defence runs. */
  enum Model {
    WHOLE,
    PREFIX,
    SUFFIX,
    STATISTICS
  }

  /** Builds one of the models; TensorFlow looks at each operation's shapes. */
  SavedModel build(Model model) {
    NetworkModels models = new NetworkModels(network, 1);
    return switch (model) {
      case WHOLE -> models.whole();
      case PREFIX -> models.prefix(point());
      case SUFFIX -> models.suffix(point());
      case STATISTICS -> models.statistics(point());
    };
  }
}
