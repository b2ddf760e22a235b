package backsweep.report;

import backsweep.store.SharedFiles;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Reads what looked like slips in the input from the manifests of runs, {@code
 * runs/<id>/manifest.json}: of every network what the run said of it that was the last to defend
 * it.
 *
 * @param files where the output lies
 * @param output whose runs they are
 */
public record ReadSlips(SharedFiles files, String output) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What looked like one, by network, as in every table. */
  public Map<String, List<SlipFinding>> byNetwork() {
    Map<String, List<SlipFinding>> slips = new HashMap<>();
    files.list(output + "/runs").stream()
        .map(run -> output + "/runs/" + run + "/manifest.json")
        .filter(files::exists)
        .map(this::manifest)
        .sorted(Comparator.comparing(ReadSlips::finished))
        .forEach(manifest -> add(manifest, slips));
    return slips;
  }

  /** Something empty where it is damaged. */
  private JsonNode manifest(String path) {
    try {
      return Objects.requireNonNullElse(JSON.readTree(files.read(path)), JSON.missingNode());
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }

  private static Instant finished(JsonNode manifest) {
    try {
      return Instant.parse(manifest.path("finished").asText());
    } catch (DateTimeParseException e) {
      return Instant.MIN;
    }
  }

  /** Of a run of one network, or of a sweep of many. */
  private static void add(JsonNode manifest, Map<String, List<SlipFinding>> slips) {
    if (manifest.has("network")) {
      put(manifest.path("network").path("network"), manifest.path("hints"), slips);
    }
    manifest
        .path("networks")
        .forEach(network -> put(network.path("network"), network.path("hints"), slips));
  }

  private static void put(JsonNode network, JsonNode hints, Map<String, List<SlipFinding>> slips) {
    if (!network.isTextual()) {
      return; // of one that was not defended nothing is known
    }
    List<SlipFinding> found = new ArrayList<>();
    for (JsonNode hint : hints) {
      found.add(
          new SlipFinding(
              hint.path("image_set").asText(),
              hint.path("found").asText(),
              hint.path("advice").asText()));
    }
    slips.put(network.asText(), found);
  }
}
