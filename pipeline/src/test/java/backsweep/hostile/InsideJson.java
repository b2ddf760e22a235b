package backsweep.hostile;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Mutates a text of JSON, also one within an HDF5 file, so that it stays one. */
final class InsideJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A text of JSON in a file.
   *
   * @param start of its first byte
   * @param end behind its last
   */
  private record Text(int start, int end, JsonNode root) {}

  /** A place of a value: a field of an object, or an element of a list. */
  private record Place(JsonNode parent, String field, int index) {

    private JsonNode value() {
      return parent instanceof ObjectNode object ? object.get(field) : parent.get(index);
    }

    private void put(JsonNode value) {
      if (parent instanceof ObjectNode object) {
        object.set(field, value.deepCopy());
      } else {
        ((ArrayNode) parent).set(index, value.deepCopy());
      }
    }

    private void remove() {
      if (parent instanceof ObjectNode object) {
        object.remove(field);
      } else {
        ((ArrayNode) parent).remove(index);
      }
    }

    private void repeat() {
      if (parent instanceof ArrayNode list) {
        list.insert(index, value().deepCopy());
      } else {
        ((ObjectNode) parent).set("name", value().deepCopy());
      }
    }
  }

  private InsideJson() {}

  /**
   * The file with one value of its JSON swapped with another one, replaced by one of another file,
   * left out, or there twice; empty where it has no JSON, or one that does not fit into its place.
   */
  static Optional<byte[]> mutate(byte[] original, byte[] other, Random random) {
    Optional<Text> text = text(original);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    List<Place> places = places(text.get().root());
    List<Place> donors = text(other).map(found -> places(found.root())).orElse(places);
    for (int times = 1 + random.nextInt(2); times > 0; times--) {
      change(places, donors, random);
    }
    return written(original, text.get());
  }

  private static void change(List<Place> places, List<Place> donors, Random random) {
    Place place = places.get(random.nextInt(places.size()));
    switch (random.nextInt(6)) {
      case 0, 1 -> {
        Place second = like(place, places, random);
        JsonNode value = place.value();
        if (value != null && second.value() != null) {
          place.put(second.value());
          second.put(value);
        }
      }
      case 2, 3 -> {
        JsonNode value = like(place, donors, random).value();
        if (value != null && place.value() != null) {
          place.put(value);
        }
      }
      case 4 -> place.remove();
      default -> {
        if (place.value() != null) {
          place.repeat();
        }
      }
    }
  }

  /** One of the places of the same name, mostly. */
  private static Place like(Place place, List<Place> places, Random random) {
    List<Place> alike = places.stream().filter(one -> one.field().equals(place.field())).toList();
    List<Place> from = alike.isEmpty() || random.nextInt(3) == 0 ? places : alike;
    return from.get(random.nextInt(from.size()));
  }

  private static List<Place> places(JsonNode root) {
    List<Place> places = new ArrayList<>();
    collect(root, places);
    return places;
  }

  private static void collect(JsonNode node, List<Place> places) {
    for (Iterator<String> fields = node.fieldNames(); fields.hasNext(); ) {
      places.add(new Place(node, fields.next(), -1));
    }
    for (int index = 0; node.isArray() && index < node.size(); index++) {
      places.add(new Place(node, "", index));
    }
    node.forEach(child -> collect(child, places));
  }

  /** The first text in a file that is an object of two fields at least. */
  private static Optional<Text> text(byte[] file) {
    for (int start = 0; start + 1 < file.length; start++) {
      if (file[start] == '{' && file[start + 1] == '"') {
        Optional<Text> text = textAt(file, start);
        if (text.isPresent()) {
          return text;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Text> textAt(byte[] file, int start) {
    try (JsonParser parser = JSON.createParser(file, start, file.length - start)) {
      JsonNode root = JSON.readTree(parser);
      int end = start + (int) parser.currentLocation().getByteOffset();
      return root.size() < 2 ? Optional.empty() : Optional.of(new Text(start, end, root));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> written(byte[] original, Text text) {
    try {
      byte[] json = JSON.writeValueAsBytes(text.root());
      boolean isAll = text.start() == 0;
      if (isAll) {
        return Optional.of(json);
      }
      if (json.length > text.end() - text.start()) {
        return Optional.empty();
      }
      byte[] file = original.clone();
      Arrays.fill(file, text.start(), text.end(), (byte) ' ');
      System.arraycopy(json, 0, file, text.start(), json.length);
      return Optional.of(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
