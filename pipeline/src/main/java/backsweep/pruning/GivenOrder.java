package backsweep.pruning;

import java.util.List;

/**
 * An order that a person gives, such as that of a mask learned elsewhere; it may leave channels
 * out, which are then never pruned.
 *
 * @param channels the channels in the order in which they are pruned
 * @param scores the score of each, or empty where the order came without
 */
public record GivenOrder(List<Integer> channels, List<Double> scores) implements Criterion {

  /** Copies the lists. */
  public GivenOrder {
    channels = List.copyOf(channels);
    scores = List.copyOf(scores);
  }

  /** An order without scores. */
  public static GivenOrder of(List<Integer> channels) {
    return new GivenOrder(channels, List.of());
  }

  @Override
  public String label() {
    return "given";
  }

  @Override
  public PruningOrder order(Evidence evidence) {
    return new PruningOrder(evidence.point().channels(), channels, scores);
  }

  @Override
  public String ingredients() {
    return scores.isEmpty() ? channels.toString() : channels + " " + scores;
  }
}
