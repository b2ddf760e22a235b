package backsweep.stages;

import backsweep.keras.Json;
import backsweep.keras.ModelConfig;
import backsweep.store.SharedFiles;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The architectures in the folder of a network's file.
 *
 * @param files on any Hadoop path
 */
record ArchitecturesBeside(SharedFiles files) {

  /** More are not opened, nor named: they help nobody. */
  private static final int MOST = 16;

  /** Their paths, by name. */
  List<String> of(String network) {
    int slash = network.lastIndexOf('/');
    String folder = slash < 0 ? "." : network.substring(0, slash + 1);
    String prefix = slash < 0 ? "" : folder;
    try {
      return files.list(folder).stream()
          .filter(name -> name.endsWith(".json"))
          .limit(MOST)
          .map(name -> prefix + name)
          .filter(this::isArchitecture)
          .toList();
    } catch (RuntimeException e) {
      return List.of(); // A folder that cannot be listed must not hide what is said of the network.
    }
  }

  private boolean isArchitecture(String path) {
    try {
      byte[] json = files.bytes(path, Json.MAXIMUM_LENGTH);
      ModelConfig.parse(new String(json, StandardCharsets.UTF_8), path);
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }
}
