package backsweep.stages;

import backsweep.images.FileHash;
import backsweep.images.ImageShape;
import backsweep.modelfiles.KerasReader;
import backsweep.modelfiles.MissingArchitectureException;
import backsweep.network.Graph;
import backsweep.network.Network;
import backsweep.network.Shape;
import backsweep.network.UnsupportedNetworkException;
import backsweep.stages.DefenceRequest.NetworkFile;
import backsweep.store.MissingFileException;
import backsweep.store.SharedFiles;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads a network and its architecture from any Hadoop path, on the driver. */
final class ReadNetwork {

  private final SharedFiles files;
  private final Consumer<Graph> accept;

  ReadNetwork(SharedFiles files) {
    this(files, graph -> {});
  }

  /**
   * Reads networks that somebody accepts.
   *
   * @param accept is given the graph before anything of the weights is read, and may throw
   */
  ReadNetwork(SharedFiles files, Consumer<Graph> accept) {
    this.files = files;
    this.accept = accept;
  }

  /** The network of these files; what cannot be read or is not supported is thrown by name. */
  SubjectNetwork execute(NetworkFile file) {
    try {
      return files.withLocal(
          file.path(),
          file.architecture(),
          (local, architecture) -> read(file, local, architecture));
    } catch (MissingArchitectureException e) {
      throw new MissingArchitectureException(
          file.path(), new ArchitecturesBeside(files).of(file.path()));
    } catch (MissingFileException e) {
      if (files.exists(file.path() + "/" + KerasReader.EXPORTED)) {
        throw KerasReader.exported(file.path());
      }
      throw e;
    }
  }

  private SubjectNetwork read(NetworkFile file, Path local, Optional<Path> architecture) {
    Network network = KerasReader.read(local, architecture, accept);
    checkInput(file.path(), network.graph().inputShape());
    String sha256 = FileHash.sha256(local);
    return new SubjectNetwork(
        SubjectNetwork.name(local.getFileName().toString(), Optional.of(sha256)),
        file,
        sha256,
        architecture.map(FileHash::sha256),
        network);
  }

  private static void checkInput(String path, Shape input) {
    if (input.rank() != 3 || input.size() > ImageShape.MOST_VALUES) {
      throw new UnsupportedNetworkException(
          "%s: expected images of (height, width, channel) with at most %,d values as the input, found %s"
              .formatted(path, ImageShape.MOST_VALUES, input));
    }
  }
}
