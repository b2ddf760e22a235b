package backsweep.jobs;

import backsweep.pruning.ActivationCriterion;
import backsweep.pruning.AdversarialPruning;
import backsweep.pruning.ChannelLipschitz;
import backsweep.pruning.Criterion;
import backsweep.pruning.KernelNorm;
import backsweep.pruning.RandomOrder;
import backsweep.pruning.TaylorImportance;
import backsweep.pruning.Unpruned;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * In which orders {@code defend} prunes.
 *
 * @param names of the criteria, each once
 * @param orderFile an order that a person gives; there if {@code names} has {@code given}
 * @param adversarial what {@code anp} is; its seed is also that of the first random order
 * @param randomOrders how many random orders there are, with one seed after the other
 */
record CriteriaSettings(
    List<String> names,
    Optional<String> orderFile,
    AdversarialPruning adversarial,
    int randomOrders) {

  private static final String GIVEN = "given";
  private static final String RANDOM = "random";
  private static final String ANP = "anp";
  private static final double SMALLEST = 1e-6;
  private static final Map<String, Criterion> FIXED = fixed();

  /** Copies the list. */
  CriteriaSettings {
    names = List.copyOf(names);
  }

  private static Map<String, Criterion> fixed() {
    Map<String, Criterion> fixed = new TreeMap<>();
    Stream.concat(
            Stream.of(ActivationCriterion.values()),
            Stream.of(
                new KernelNorm(), new ChannelLipschitz(), new TaylorImportance(), new Unpruned()))
        .forEach(criterion -> fixed.put(criterion.label(), criterion));
    return fixed;
  }

  /** The names there are. */
  private static Set<String> known() {
    Set<String> known = new TreeSet<>(FIXED.keySet());
    known.addAll(List.of(ANP, GIVEN, RANDOM));
    return known;
  }

  /** Reads the settings; what is wrong with them is noted. */
  static CriteriaSettings read(Configuration configuration) {
    Optional<String> order = configuration.optional("order");
    List<String> names = names(configuration, order);
    if (order.isPresent() != names.contains(GIVEN)) {
      configuration.problem(
          order.isPresent() ? "order" : "criterion",
          order.isPresent()
              ? "expected the criterion \"given\" among %s".formatted(names)
              : "\"given\" needs an order (--order FILE)");
    }
    return new CriteriaSettings(
        names,
        order,
        new AdversarialPruning(
            configuration.number("anp-epsilon", SMALLEST, 1),
            configuration.number("anp-alpha", 0, 1),
            configuration.integer("anp-iterations", 1, 1_000_000),
            configuration.integer("anp-images", 1, 1_000_000),
            configuration.wholeNumber("seed", Long.MIN_VALUE, Long.MAX_VALUE)),
        configuration.integer("random-orders", 1, 1_000));
  }

  private static List<String> names(Configuration configuration, Optional<String> order) {
    List<String> texts = configuration.texts("criterion");
    if (texts.isEmpty()) {
      return List.of(order.isPresent() ? GIVEN : ActivationCriterion.MEAN_ACTIVATION.label());
    }
    Set<String> names = new LinkedHashSet<>();
    for (String text : texts) {
      String name = text.strip();
      if (known().contains(name)) {
        names.add(name);
      } else {
        configuration.problem(
            "criterion",
            "expected any of %s, found \"%s\"".formatted(String.join(", ", known()), name));
      }
    }
    return List.copyOf(names);
  }

  /** Whether nothing is to be pruned, beside what else is. */
  boolean isUnpruned() {
    return names.contains(new Unpruned().label());
  }

  /**
   * The criteria.
   *
   * @param order the order that a person gives, if one does
   */
  List<Criterion> criteria(Optional<OrderFile> order) {
    List<Criterion> criteria = new ArrayList<>();
    for (String name : names) {
      switch (name) {
        case GIVEN -> criteria.add(order.orElseThrow().criterion());
        case RANDOM ->
            LongStream.range(0, randomOrders)
                .forEach(i -> criteria.add(new RandomOrder(adversarial.seed() + i)));
        case ANP -> criteria.add(adversarial);
        default -> criteria.add(FIXED.get(name));
      }
    }
    return criteria;
  }
}
