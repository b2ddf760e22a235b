package backsweep.testing;

import backsweep.keras.GraphReader;
import backsweep.keras.ModelConfig;
import backsweep.modelfiles.KerasReader;
import backsweep.network.Graph;
import backsweep.network.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The small models beside {@code make_small_models.py}, which says what they are. */
public final class SmallModels {

  private SmallModels() {}

  /** A file beside it. */
  public static Path path(String name) {
    return KerasFiles.path(name);
  }

  /** The architecture of the small model, as a file. */
  public static Path architecture() {
    return path("small.json");
  }

  /** The architecture of the small model, as text. */
  public static String architectureText() {
    try {
      return Files.readString(architecture());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The network of a file that holds it, or its weights. */
  public static Network read(String name) {
    return KerasReader.read(path(name), Optional.of(architecture()));
  }

  /** The graph of an architecture that is given as text. */
  public static Graph graph(String json) {
    return GraphReader.read(ModelConfig.parse(json, "model.json"));
  }
}
