package backsweep.jobs;

import backsweep.pruning.Criterion;
import backsweep.stages.DefenceRequest;
import backsweep.stages.SweepRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code sweep} was asked for, read from the configuration in one go.
 *
 * @param networks each with its images, in the order of the list, those of a pattern sorted
 * @param overlaps what is said of files that more than one entry means
 * @param how they are defended
 * @param networksPerBatch how many go through the stages side by side
 * @param failOn when the sweep ends as one that partly failed
 */
record SweepSettings(
    List<DefenceRequest> networks,
    List<String> overlaps,
    DefenceSettings how,
    int networksPerBatch,
    FailOn failOn) {

  private static final int LARGEST_BATCH = 10_000;

  /** Copies the lists. */
  SweepSettings {
    networks = List.copyOf(networks);
    overlaps = List.copyOf(overlaps);
  }

  /**
   * Reads the settings, and looks where the networks are once nothing else is wrong.
   *
   * @throws UsageException with every problem there is
   */
  static SweepSettings read(Configuration configuration, FilePatterns files) {
    List<SweepEntry> entries = SweepEntry.read(configuration);
    DefenceSettings how = DefenceSettings.read(configuration);
    int networksPerBatch = configuration.integer("networks-per-batch", 1, LARGEST_BATCH);
    FailOn failOn = configuration.choice("fail-on", FailOn.CHOICES);
    configuration.check();
    Networks networks = new Networks(how, files);
    entries.forEach(entry -> networks.add(entry, configuration));
    configuration.check();
    return new SweepSettings(networks.requests, networks.overlaps, how, networksPerBatch, failOn);
  }

  /** The networks of entries: each file once, as the first entry has it that means it. */
  private static final class Networks {

    private final DefenceSettings how;
    private final FilePatterns files;
    private final Map<String, String> places = new HashMap<>();
    private final List<DefenceRequest> requests = new ArrayList<>();
    private final List<String> overlaps = new ArrayList<>();

    private Networks(DefenceSettings how, FilePatterns files) {
      this.how = how;
      this.files = files;
    }

    private void add(SweepEntry entry, Configuration configuration) {
      String pattern = entry.network().path();
      List<String> found = files.files(pattern);
      if (found.isEmpty()) {
        configuration.problem(
            entry.place(), "expected files that match \"" + pattern + "\", found none");
      }
      found.forEach(file -> add(file, entry));
    }

    private void add(String file, SweepEntry entry) {
      String first = places.putIfAbsent(files.qualified(file), entry.place());
      if (first == null) {
        requests.add(how.request(entry.network(file), entry.images()));
      } else {
        overlaps.add(
            "%s: taken as %s has it, which comes before %s".formatted(file, first, entry.place()));
      }
    }
  }

  /**
   * The request of the sweep.
   *
   * @param criteria by which each network is pruned
   */
  SweepRequest request(List<Criterion> criteria) {
    return new SweepRequest(networks, criteria, networksPerBatch);
  }
}
