package backsweep.report;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What computed a result. */
final class Versions {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Versions() {}

  /**
   * In words.
   *
   * @param json as a unit of work has it: an object of texts; anything else is left as it is
   */
  static String words(String json) {
    try {
      JsonNode versions = MAPPER.readTree(json);
      return versions.isObject() && !versions.isEmpty()
          ? versions.properties().stream()
              .map(one -> one.getKey().replace('_', ' ') + " " + one.getValue().asText())
              .collect(joining(", "))
          : json;
    } catch (JsonProcessingException e) {
      return json;
    }
  }
}
