package backsweep.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A unit of work, addressed by what goes into it: the same ingredients are the same unit, wherever
 * and whenever it is computed.
 *
 * @param kind what kind of work
 * @param ingredients everything its result depends on, by name
 */
public record Unit(Kind kind, Map<String, String> ingredients) {

  /** What results mean; raised whenever the same ingredients would give other numbers. */
  public static final String SEMANTICS = "1";

  /** The kinds of units. */
  public enum Kind {
    /** Channel statistics of a network on clean validation images. */
    STATISTICS,
    /**
     * The pruning curve of a network on one image set; on the clean validation set with the order,
     * and failed where there is none.
     */
    CURVE,
    /** One repaired network with its detector. */
    REPAIR,
    /** One repaired network after fine-tuning, with its detector and measures. */
    FINE_TUNING,
    /** The measures of a repair on the sets that results are reported on. */
    EVALUATION,
    /** The measures of a detector. */
    DETECTOR,
    /** The defence of one network as a whole; there is one only where it failed at some time. */
    DEFENCE,
    /** How uncertain a network is about the images of one set while others shine through. */
    ENTROPIES,
    /** What the channels of a network do on average on a few images of one set. */
    ACTIVATIONS;

    /** The name in tables. */
    public String tableName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Copies and sorts the ingredients. */
  public Unit {
    ingredients = Collections.unmodifiableMap(new TreeMap<>(ingredients));
  }

  /** The unit's identity: sha256 over kind, semantics version and ingredients, in hex. */
  public String id() {
    List<String> texts = new ArrayList<>(List.of(kind.tableName(), SEMANTICS));
    ingredients.forEach(
        (name, value) -> {
          texts.add(name);
          texts.add(value);
        });
    return Sha256.of(texts);
  }
}
