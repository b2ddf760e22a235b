package backsweep.jobs;

import backsweep.images.BlendedTrigger;
import backsweep.images.PatternTrigger;
import backsweep.images.PatternTrigger.Form;
import backsweep.images.Place;
import backsweep.images.Place.Corner;
import backsweep.images.SinusoidalTrigger;
import backsweep.images.Trigger;
import backsweep.jobs.TriggerSettings.PictureBlended;
import backsweep.jobs.TriggerSettings.PictureOver;
import backsweep.jobs.TriggerSettings.Plain;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads what a configuration says about a trigger. */
final class TriggerReader {

  private static final Map<String, Function<TriggerReader, Optional<TriggerSettings>>> KINDS =
      Map.of(
          "picture", TriggerReader::picture,
          "pattern", TriggerReader::pattern,
          "blended", TriggerReader::blended,
          "sinusoidal", TriggerReader::sinusoidal);

  private static final Map<String, Form> FORMS =
      Map.of("square", Form.SQUARE, "checkerboard", Form.CHECKERBOARD);

  private static final Map<String, Corner> CORNERS =
      Map.of(
          "top-left", Corner.TOP_LEFT,
          "top-right", Corner.TOP_RIGHT,
          "bottom-left", Corner.BOTTOM_LEFT,
          "bottom-right", Corner.BOTTOM_RIGHT);

  private final NestedKeys keys;
  private final String path;
  private final Problems problems;

  TriggerReader(NestedKeys keys, String path, Problems problems) {
    this.keys = keys;
    this.path = path;
    this.problems = problems;
  }

  /** The trigger; empty where a problem was noted. */
  Optional<TriggerSettings> read() {
    int before = problems.count();
    if (!keys.has("kind")) {
      keys.problem(
          "kind",
          "expected one of %s, found none"
              .formatted(String.join(", ", new TreeSet<>(KINDS.keySet()))));
    }
    Optional<TriggerSettings> read =
        keys.choice("kind", KINDS)
            .flatMap(
                kind -> {
                  Optional<TriggerSettings> trigger = kind.apply(this);
                  keys.refuseOthers("this kind");
                  return trigger;
                });
    return problems.count() == before ? read : Optional.empty();
  }

  private Optional<TriggerSettings> picture() {
    Optional<String> file = keys.text("file");
    if (file.isEmpty()) {
      keys.problem("file", "expected a PNG file, found none");
    }
    Optional<Place> place = place(Optional.empty());
    return file.flatMap(path -> place.map(where -> new PictureOver(path, where)));
  }

  private Optional<TriggerSettings> pattern() {
    Form form = keys.has("form") ? keys.choice("form", FORMS).orElse(Form.SQUARE) : Form.SQUARE;
    int size = keys.integer("size", 1, 3);
    List<Integer> values = values();
    return place(Optional.of(Corner.BOTTOM_RIGHT))
        .flatMap(place -> plain(() -> new PatternTrigger(form, size, place, values)));
  }

  private List<Integer> values() {
    return keys.texts("values", List.of("255")).stream().map(this::value).toList();
  }

  private int value(String text) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      keys.problem("values", "expected whole numbers from 0 to 255, found \"%s\"".formatted(text));
      return 0;
    }
  }

  /** A corner, or else x and y. */
  private Optional<Place> place(Optional<Corner> otherwise) {
    boolean isPoint = keys.hasAny("x", "y");
    boolean isCorner = keys.hasAny("corner", "margin");
    if (isPoint == isCorner && (isPoint || otherwise.isEmpty())) {
      problems.add(
          "%s: expected either x and y or a corner, found %s"
              .formatted(path, isPoint ? "both" : "neither"));
      return Optional.empty();
    }
    if (isPoint) {
      return Optional.of(new Place.At(coordinate("x"), coordinate("y")));
    }
    if (!keys.has("corner") && otherwise.isEmpty()) {
      keys.problem(
          "corner",
          "expected one of %s, found none"
              .formatted(String.join(", ", new TreeSet<>(CORNERS.keySet()))));
      return Optional.empty();
    }
    int margin = keys.integer("margin", 0, 0);
    return keys.choice("corner", CORNERS)
        .or(() -> otherwise)
        .map(side -> new Place.InCorner(side, margin));
  }

  private int coordinate(String key) {
    if (!keys.has(key)) {
      keys.problem(key, "expected a whole number from 0 on, found none");
    }
    return keys.integer(key, 0, 0);
  }

  private Optional<TriggerSettings> blended() {
    double alpha = keys.number("alpha", 0.2);
    Optional<String> file = keys.text("file");
    if (file.isPresent() == keys.has("seed")) {
      problems.add(
          "%s: expected either a file or a seed, found %s"
              .formatted(path, file.isPresent() ? "both" : "neither"));
      return Optional.empty();
    }
    long seed = keys.whole("seed", 0);
    Optional<TriggerSettings> noise =
        plain(() -> new BlendedTrigger(alpha, new BlendedTrigger.Noise(seed)));
    return file.isEmpty() ? noise : noise.map(valid -> new PictureBlended(file.get(), alpha));
  }

  private Optional<TriggerSettings> sinusoidal() {
    double delta = keys.number("delta", 20);
    double frequency = keys.number("frequency", 6);
    return plain(() -> new SinusoidalTrigger(delta, frequency));
  }

  /** What the numbers may be is said once, where the trigger is made. */
  private Optional<TriggerSettings> plain(Supplier<Trigger> trigger) {
    try {
      return Optional.of(new Plain(trigger.get()));
    } catch (IllegalArgumentException e) {
      problems.add("%s: %s".formatted(path, e.getMessage()));
      return Optional.empty();
    }
  }
}
