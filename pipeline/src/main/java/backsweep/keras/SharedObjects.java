package backsweep.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/**
 * The objects of an architecture that have a number. Keras 3 makes one object of all that have the
 * same, as the first of them says, whatever the others say.
 *
 * @param where the file, for errors
 * @param found the first object of each number
 */
record SharedObjects(String where, Map<JsonNode, JsonNode> found) {

  private static final String NUMBER = "shared_object_id";

  /** Older versions have numbers too, which Keras 3 passes over; they write no module. */
  private static final String MODULE = "module";

  /**
   * Checks that objects of one number are the same.
   *
   * @throws KerasFileException if they are not
   */
  static void check(JsonNode model, String where) {
    new SharedObjects(where, new HashMap<>()).check(model);
  }

  private void check(JsonNode node) {
    if (node.has(NUMBER) && node.has(MODULE)) {
      JsonNode number = node.get(NUMBER);
      if (!number.isIntegralNumber()) {
        throw new KerasFileException(
            where, "a whole number as " + NUMBER, Json.excerpt(number.toString()));
      }
      JsonNode first = found.putIfAbsent(number, node);
      if (first != null && !first.equals(node)) {
        String name = node.path("class_name").asText();
        throw new KerasFileException(
            where, "one object of %s %s".formatted(NUMBER, number), "also " + Json.excerpt(name));
      }
      if (first != null) {
        return;
      }
    }
    node.forEach(this::check);
  }
}
