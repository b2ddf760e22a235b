package backsweep.pruning;

import backsweep.network.PruningPoint;
import java.util.List;

/**
 * An order that a person gives, such as that of a mask learned elsewhere; it may leave channels
 * out, which are then never pruned.
 *
 * @param channels the channels in the order in which they are pruned
 * @param scores the score of each, or empty where the order came without
 * @param origin where it is from, as a person calls it
 */
public record GivenOrder(List<Integer> channels, List<Double> scores, String origin)
    implements Criterion {

  /** Copies the lists. */
  public GivenOrder {
    channels = List.copyOf(channels);
    scores = List.copyOf(scores);
  }

  /** An order without scores. */
  public static GivenOrder of(List<Integer> channels) {
    return new GivenOrder(channels, List.of(), "the order");
  }

  @Override
  public String label() {
    return "given";
  }

  /**
   * Checks that the convolution has these channels. Those that go by a score are not in the rows in
   * which they were found.
   */
  @Override
  public void requireFits(PruningPoint point) {
    for (int i = 0; i < channels.size(); i++) {
      int channel = channels.get(i);
      if (channel < 0 || channel >= point.channels()) {
        throw new InvalidOrderException(
            "%s%s: expected channels of %s, 0 to %d, found %d"
                .formatted(
                    origin,
                    scores.isEmpty() ? ", row " + (i + 1) : "",
                    point.convolution(),
                    point.channels() - 1,
                    channel));
      }
    }
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
