package backsweep.keras;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Parses the JSON that Keras writes, within limits that no Keras model comes near. */
public final class Json {

  /**
   * The most characters or bytes a model's JSON may have: a thousand layers take about one million.
   * Parsed, a text of empty objects takes 28 times as much memory.
   */
  public static final int MAXIMUM_LENGTH = 8 << 20;

  private static final int MAXIMUM_DEPTH = 200;
  private static final int LONGEST_LINE = 4_000;

  /** Keras writes Python's NaN and Infinity, which are not JSON. */
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAXIMUM_DEPTH)
                          .maxStringLength(MAXIMUM_LENGTH)
                          .build())
                  .build())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private Json() {}

  /**
   * Parses one JSON object.
   *
   * @param text the JSON
   * @param where the file it is from, for errors
   * @throws KerasFileException if it is no JSON object, or beyond the limits
   */
  static JsonNode object(String text, String where) {
    JsonNode parsed = parse(text, where);
    if (!parsed.isObject()) {
      throw new KerasFileException(where, "a JSON object", excerpt(parsed.toString()));
    }
    return parsed;
  }

  private static JsonNode parse(String text, String where) {
    if (text.length() > MAXIMUM_LENGTH) {
      throw new KerasFileException(
          where,
          "JSON of at most " + MAXIMUM_LENGTH + " characters",
          String.valueOf(text.length()));
    }
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new KerasFileException(where, "JSON", e.getOriginalMessage(), e);
    }
  }

  /** The beginning of a text that may be long, on one line. */
  public static String excerpt(String text) {
    return line(text.length() > 80 ? text.substring(0, 80) + "..." : text);
  }

  /**
   * A text on one line, cut where it is very long: what a file says must not reach a terminal as
   * its control characters, those beyond ASCII and those that turn the direction of text included.
   */
  public static String line(String text) {
    String cut = text.length() > LONGEST_LINE ? text.substring(0, LONGEST_LINE) + "..." : text;
    return cut.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", " ");
  }
}
