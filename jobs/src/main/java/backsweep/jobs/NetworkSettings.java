package backsweep.jobs;

import backsweep.stages.DefenceRequest.NetworkFile;

/** Which network is defended, and where it is pruned. */
final class NetworkSettings {

  private NetworkSettings() {}

  /**
   * Reads the settings; what is wrong with them is noted.
   *
   * @param key that the path of its file has
   */
  static NetworkFile read(Configuration configuration, String key) {
    return new NetworkFile(
        configuration.required(key),
        configuration.optional("architecture"),
        inputScale(configuration),
        configuration.optional("layer"),
        configuration.optional("statistics-layer"));
  }

  private static float inputScale(Configuration configuration) {
    String text = configuration.optional("input-scale").orElse("1");
    try {
      float scale = Float.parseFloat(text);
      if (scale > 0 && Float.isFinite(scale)) {
        return scale;
      }
    } catch (NumberFormatException e) {
      // Reported below, as a number out of range is.
    }
    configuration.problem("input-scale", "expected a number above 0, found \"" + text + "\"");
    return 1;
  }
}
