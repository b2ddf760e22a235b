package backsweep.modelfiles;

import backsweep.keras.KerasFileException;
import backsweep.network.Graph;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A container that holds a Keras model, recognised by its content. */
sealed interface ModelFile permits HdfModelFile, ZipModelFile {

  /** What is expected of a file, for errors. */
  String EXPECTED = "a Keras model, as HDF5 (.h5) or zip (.keras)";

  /** The file. */
  Path path();

  /** The architecture as JSON; empty where the file holds weights only. */
  Optional<String> architecture();

  /**
   * The group that holds the weights.
   *
   * @param graph the architecture, which bounds how large the weights can be
   */
  HdfGroup weights(Graph graph);

  /**
   * Copies the file, with changes of its weights.
   *
   * @param target an empty file, which becomes the copy
   * @param graph the architecture, which bounds how large the weights can be
   * @param changes what is changed in the HDF5 file that holds the weights
   * @throws IOException if the copy cannot be written
   */
  void copy(Path target, Graph graph, List<ValueChange> changes) throws IOException;

  /**
   * Recognises a file.
   *
   * @throws KerasFileException if there is none, or it is neither HDF5 nor a zip
   */
  static ModelFile open(Path path) {
    ByteBuffer bytes = FileBytes.of(path);
    if (HdfGroup.isHdf(bytes)) {
      return HdfModelFile.open(path, bytes);
    }
    Optional<String> other = OtherFormat.describe(bytes);
    if (other.isPresent()) {
      throw new KerasFileException(path.toString(), EXPECTED, other.get());
    }
    if (ZipModelFile.isZip(bytes)) {
      return ZipModelFile.open(path);
    }
    throw new KerasFileException(
        path.toString(),
        EXPECTED,
        bytes.capacity() == 0 ? "an empty file" : "neither HDF5 nor a zip");
  }
}
