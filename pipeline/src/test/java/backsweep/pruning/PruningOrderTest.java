package backsweep.pruning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PruningOrderTest {

  @Example
  void increasingScoresTiesByChannel() {
    PruningOrder order = PruningOrder.increasing(new double[] {0.5, 0, 2, 0, 0.5, -1});

    assertThat(order.pruned()).containsExactly(5, 1, 3, 0, 4, 2);
    assertThat(order.scores()).containsExactly(-1.0, 0.0, 0.0, 0.5, 0.5, 2.0);
    assertThat(order.scoreAt(4)).hasValue(0.5);
    assertThat(order.channelAt(1)).isEqualTo(5);
    assertThat(order.lastStep()).isEqualTo(6);
  }

  @Example
  void negativeZeroTiesWithZero() {
    assertThat(PruningOrder.increasing(new double[] {0.0, -0.0, 0.0, -0.0}).pruned())
        .containsExactly(0, 1, 2, 3);
  }

  @Property
  void orderIsStableAndComplete(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 4) Integer> scores) {
    PruningOrder order =
        PruningOrder.increasing(scores.stream().mapToDouble(Integer::doubleValue).toArray());

    assertThat(order.pruned())
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, scores.size()).boxed().toList());
    for (int step = 2; step <= order.lastStep(); step++) {
      int before = order.channelAt(step - 1);
      int channel = order.channelAt(step);
      boolean rises = scores.get(before) < scores.get(channel);
      boolean ties = scores.get(before).equals(scores.get(channel)) && before < channel;
      assertThat(rises || ties).as("%s before %s of %s", before, channel, scores).isTrue();
    }
  }

  @Example
  void scoreThatIsNoFiniteNumberIsRefused() {
    assertThatThrownBy(() -> PruningOrder.increasing(new double[] {0, Double.NaN}))
        .isInstanceOf(InvalidOrderException.class)
        .hasMessage("expected a finite score for every channel, found NaN for channel 1");
    assertThatThrownBy(() -> PruningOrder.increasing(new double[] {Double.POSITIVE_INFINITY}))
        .isInstanceOf(InvalidOrderException.class)
        .hasMessage("expected a finite score for every channel, found Infinity for channel 0");
  }

  @Example
  void partialOrderEndsEarlyAndNeverPrunesTheRest() {
    PruningOrder order = PruningOrder.given(4, List.of(2, 0));

    assertThat(order.lastStep()).isEqualTo(2);
    assertThat(order.ranks()).containsExactly(2, PruningOrder.NEVER, 1, PruningOrder.NEVER);
    assertThat(order.scoreAt(1)).isEmpty();
    assertThat(order.maskAt(0).pruned()).isEmpty();
    assertThat(order.maskAt(1).pruned()).containsExactly(2);
    assertThat(order.maskAt(2).pruned()).containsExactly(0, 2);
    assertThat(order.maskAt(2).channels()).isEqualTo(4);
  }

  @Property
  void maskOfAStepPrunesTheChannelsOfLowerRank(@ForAll long seed) {
    int channels = 1 + (int) Math.floorMod(seed, 9L);
    PruningOrder order =
        PruningOrder.given(channels, backsweep.testing.PruningOrders.shuffled(channels, seed));
    int[] ranks = order.ranks();
    for (int step = 0; step <= order.lastStep(); step++) {
      for (int channel = 0; channel < channels; channel++) {
        assertThat(order.maskAt(step).keeps(channel)).isEqualTo(ranks[channel] > step);
      }
    }
  }

  @Example
  void orderThatCannotBeIsRefused() {
    assertThatThrownBy(() -> PruningOrder.given(3, List.of(0, 3)))
        .isInstanceOf(InvalidOrderException.class)
        .hasMessage("channels go from 0 to 2, found 3");
    assertThatThrownBy(() -> PruningOrder.given(3, List.of(-1)))
        .hasMessage("channels go from 0 to 2, found -1");
    assertThatThrownBy(() -> PruningOrder.given(3, List.of(1, 0, 1)))
        .isInstanceOf(InvalidOrderException.class)
        .hasMessage("every channel may be pruned once, found [1, 0, 1]");
    assertThatThrownBy(() -> new PruningOrder(3, List.of(1, 0), List.of(0.5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a score for each of 2 channels or none, found 1");
  }

  @Example
  void decreasingScoresTiesByChannel() {
    PruningOrder order = PruningOrder.decreasing(new double[] {0.5, 0, 2, -0.0, 0.5, -1});

    assertThat(order.pruned()).containsExactly(2, 0, 4, 1, 3, 5);
    assertThat(order.scores()).containsExactly(2.0, 0.5, 0.5, 0.0, -0.0, -1.0);
  }
}
