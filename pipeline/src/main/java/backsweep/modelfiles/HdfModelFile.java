package backsweep.modelfiles;

import backsweep.network.Graph;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * An HDF5 file: a full model, with its architecture in the attribute {@code model_config} and its
 * weights in the group {@code model_weights}, or weights only.
 *
 * @param path the file
 * @param root its root group
 * @param architecture the architecture as JSON
 */
record HdfModelFile(Path path, HdfGroup root, Optional<String> architecture) implements ModelFile {

  private static final String CONFIG = "model_config";
  private static final String WEIGHTS = "model_weights";

  /**
   * Opens the file of these bytes.
   *
   * @throws backsweep.keras.KerasFileException if it is no HDF5 file, or one without anything of
   *     Keras
   */
  static HdfModelFile open(Path path, ByteBuffer bytes) {
    HdfGroup root = HdfGroup.open(bytes, path.toString());
    Optional<String> architecture = root.text(CONFIG);
    if (architecture.isEmpty()) {
      WeightLayout.of(root);
    }
    return new HdfModelFile(path, root, architecture);
  }

  @Override
  public HdfGroup weights(Graph graph) {
    boolean isAtRoot = architecture.isEmpty() && NamedLayout.fits(root);
    return isAtRoot ? root : root.group(WEIGHTS).orElse(root);
  }

  @Override
  public void copy(Path target, Graph graph, List<ValueChange> changes) throws IOException {
    try (OutputStream copy = Files.newOutputStream(target)) {
      Files.copy(path, copy);
    }
    try (FileChannel copy =
        FileChannel.open(target, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      for (ValueChange change : changes) {
        Extent extent = change.extent();
        change.apply(copy.map(MapMode.READ_WRITE, extent.offset(), extent.length()));
      }
      copy.force(true);
    }
  }
}
