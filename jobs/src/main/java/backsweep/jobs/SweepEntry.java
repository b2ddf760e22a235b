package backsweep.jobs;

import backsweep.stages.DefenceRequest.ImageFiles;
import backsweep.stages.DefenceRequest.NetworkFile;
import java.util.List;
import java.util.Set;

/**
 * Networks of a sweep that have everything but their files in common.
 *
 * @param place of their path in the configuration, such as {@code networks[2].path}
 * @param network whose path may be a pattern
 * @param images with which each is defended
 */
record SweepEntry(String place, NetworkFile network, ImageFiles images) {

  private static final String LIST = "networks";
  private static final String PATH = "path";

  /** The keys of an entry; what it leaves out is as for all. */
  private static final Set<String> KEYS =
      Set.of(
          PATH,
          "architecture",
          "input-scale",
          "layer",
          "statistics-layer",
          "clean-validation",
          "clean-test",
          "poisoned",
          "image-layout",
          "resize",
          "target");

  /** Reads the list, or where it is empty the only one; what is wrong with them is noted. */
  static List<SweepEntry> read(Configuration configuration) {
    int before = configuration.problems().count();
    List<Configuration> entries = configuration.entries(LIST, KEYS, PATH);
    boolean hasOne = configuration.optional("network").isPresent();
    if (!entries.isEmpty()) {
      return entries.stream().map(entry -> read(entry, PATH)).toList();
    }
    if (!hasOne && configuration.problems().count() == before) {
      configuration.problem("--network is required (or backsweep.networks in a configuration)");
    }
    return hasOne ? List.of(read(configuration, "network")) : List.of();
  }

  private static SweepEntry read(Configuration configuration, String path) {
    SweepEntry entry =
        new SweepEntry(
            configuration.place(path),
            NetworkSettings.read(configuration, path),
            ImageSettings.read(configuration));
    DetectorSettings.check(configuration);
    return entry;
  }

  /** One of its networks. */
  NetworkFile network(String path) {
    return new NetworkFile(
        path,
        network.architecture(),
        network.inputScale(),
        network.layer(),
        network.statisticsLayer());
  }
}
