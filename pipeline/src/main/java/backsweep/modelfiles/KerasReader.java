package backsweep.modelfiles;

import backsweep.keras.KerasFileException;
import backsweep.network.InvalidNetworkException;
import backsweep.network.Network;
import backsweep.network.UnsupportedNetworkException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a Keras model, written by Keras 2.2 to 3, as a {@link Network}. */
public final class KerasReader {

  /** The file by which a folder is known that TensorFlow or {@code model.export()} wrote. */
  public static final String EXPORTED = "saved_model.pb";

  private KerasReader() {}

  /** The refusal of a folder with {@link #EXPORTED}, which has a graph of any operations. */
  public static KerasFileException exported(String folder) {
    return new KerasFileException(folder, ModelFile.EXPECTED, OtherFormat.EXPORTED);
  }

  /**
   * Reads a full model or weights ({@code .h5}), or a {@code .keras} zip. What it is, is recognised
   * by the content, not by the name.
   *
   * @param file the model
   * @param architecture what {@code model.to_json()} returned; needed where the file holds weights
   *     only, otherwise it must describe the same graph
   * @throws MissingArchitectureException if the file holds weights only and no architecture is
   *     given
   * @throws UnsupportedNetworkException if the network has layers or options that are not supported
   * @throws InvalidNetworkException if the layers do not fit together
   * @throws KerasFileException if a file cannot be read, or the weights are not those of the graph
   */
  public static Network read(Path file, Optional<Path> architecture) {
    return StoredModel.open(file, architecture).network();
  }
}
