package backsweep.writing;

import backsweep.hdf.RootCause;
import backsweep.keras.Json;
import backsweep.keras.KerasFileException;
import backsweep.modelfiles.KerasReader;
import backsweep.network.InvalidNetworkException;
import backsweep.network.Network;
import backsweep.network.Tensor;
import backsweep.network.UnsupportedNetworkException;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * Writes a {@link Network} as a full Keras model ({@code .h5}), which Keras 3 opens, answers with
 * and goes on to train, and of which {@link backsweep.modelfiles.RepairedCopy} can make copies.
 */
public final class KerasWriter {

  private KerasWriter() {}

  /**
   * Writes a new file. It has its name only when it is complete and, read back, gives the same
   * network: the same graph, and weights that are the same bit for bit.
   *
   * @param network the network
   * @param file the file, which must not exist; its folder must
   * @throws UnsupportedNetworkException if a Keras file cannot hold the network
   * @throws InvalidNetworkException if a weight is not finite
   * @throws UncheckedIOException if the file exists or cannot be written; then nothing is left of
   *     it
   * @throws KerasFileException if it is not read back as it was written; then there is none
   */
  public static void write(Network network, Path file) {
    WrittenModel model = WrittenModel.of(network, file.toString());
    forEachVariable(
        network,
        (layer, name) ->
            checkFinite("layer " + layer + ", " + name, network.weights().get(layer, name)));
    Path unfinished =
        file.resolveSibling("." + file.getFileName() + "-" + UUID.randomUUID() + ".partial");
    try {
      checkIsFree(file);
      Files.createFile(unfinished);
      model.write(unfinished);
      force(unfinished);
      checkReadBack(network, unfinished);
      publish(unfinished, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (HdfException e) {
      throw new UncheckedIOException(
          new IOException(file + " cannot be written: " + Json.line(RootCause.words(e)), e));
    } finally {
      unfinished.toFile().delete();
    }
  }

  private static void checkIsFree(Path file) throws IOException {
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
  }

  private static void checkFinite(String variable, Tensor tensor) {
    for (int i = 0; i < tensor.shape().size(); i++) {
      if (!Float.isFinite(tensor.at(i))) {
        throw new InvalidNetworkException(
            "%s: expected finite weights, found %s at index %d"
                .formatted(variable, tensor.at(i), i));
      }
    }
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static void checkReadBack(Network network, Path file) {
    Network found = KerasReader.read(file, Optional.empty());
    if (!found.graph().equals(network.graph())) {
      throw new KerasFileException(file.toString(), "the graph that was written", "another one");
    }
    forEachVariable(
        network,
        (layer, name) -> {
          Tensor written = network.weights().get(layer, name);
          if (!sameBits(written, found.weights().get(layer, name))) {
            throw new KerasFileException(
                file + ", layer " + layer, "the " + name + " that was written", "another one");
          }
        });
  }

  private static boolean sameBits(Tensor written, Tensor read) {
    for (int i = 0; i < written.shape().size(); i++) {
      if (Float.floatToRawIntBits(written.at(i)) != Float.floatToRawIntBits(read.at(i))) {
        return false;
      }
    }
    return true;
  }

  /** Goes through all variables by layer and name. */
  private static void forEachVariable(Network network, BiConsumer<String, String> action) {
    network
        .weights()
        .byLayer()
        .forEach((layer, own) -> own.keySet().forEach(name -> action.accept(layer, name)));
  }

  /** Gives the file its name, unless another has got it in the meantime. */
  private static void publish(Path unfinished, Path file) throws IOException {
    try {
      Files.createLink(file, unfinished);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      // A file system without hard links.
      Files.move(unfinished, file);
    }
  }
}
