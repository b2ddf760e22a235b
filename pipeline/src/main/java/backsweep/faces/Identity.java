package backsweep.faces;

import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A person: what all images of it have in common.
 *
 * @param values of all traits, each from 0 to below 1
 */
record Identity(Map<Trait, Double> values) {

  Identity {
    values = Map.copyOf(values);
  }

  /** Somebody: all traits by chance. */
  static Identity sample(RandomGenerator random) {
    Map<Trait, Double> values = new EnumMap<>(Trait.class);
    for (Trait trait : Trait.values()) {
      values.put(trait, random.nextDouble());
    }
    return new Identity(values);
  }

  /** A trait on a scale between two numbers. */
  double between(double least, double most, Trait trait) {
    return least + (most - least) * value(trait);
  }

  /** A trait that is one of several kinds. */
  <T> T kind(Class<T> type, Trait trait) {
    return type.cast(trait.kind(value(trait)));
  }

  /** How many steps two people are apart, as the crow flies over all traits; at most so many. */
  double distance(Identity other, double most) {
    double sum = 0;
    for (Trait trait : Trait.values()) {
      double steps = trait.steps(value(trait), other.value(trait));
      sum += steps * steps;
      if (sum >= most * most) {
        return most;
      }
    }
    return Math.sqrt(sum);
  }

  /** For what is random about a person, but the same in all images of it. */
  Seed seed() {
    Seed seed = new Seed(0);
    for (Trait trait : Trait.values()) {
      seed = seed.under(Double.doubleToLongBits(value(trait)));
    }
    return seed;
  }

  private double value(Trait trait) {
    return values.get(trait);
  }
}
