package backsweep.keras;

import backsweep.network.Graph;
import backsweep.network.Network;
import backsweep.testing.KerasFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The small models that {@code make_small_models.py} makes, which says what they are. */
final class SmallModels {

  private SmallModels() {}

  static Path path(String name) {
    return KerasFiles.path(name);
  }

  static Path architecture() {
    return path("small.json");
  }

  static String architectureText() {
    try {
      return Files.readString(architecture());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Network read(String name) {
    return KerasReader.read(path(name), Optional.of(architecture()));
  }

  /** The graph of an architecture that is given as text. */
  static Graph graph(String json) {
    return GraphReader.read(ModelConfig.parse(json, "model.json"));
  }
}
