package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SideBySideTest {

  private static final List<Integer> ITEMS = IntStream.range(0, 40).boxed().toList();

  @Test
  void whatComesOfItIsInTheOrderOfTheItems() {
    assertThat(SideBySide.map(ITEMS, item -> 3 * item))
        .isEqualTo(ITEMS.stream().map(item -> 3 * item).toList());
    assertThat(SideBySide.map(List.<Integer>of(), item -> item)).isEmpty();
  }

  @Test
  void theFirstFailureIsThrownWhenAllAreDone() {
    AtomicInteger done = new AtomicInteger();

    assertThatThrownBy(() -> SideBySide.map(ITEMS, item -> odd(item, done)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no odd number: 0");
    assertThat(done).hasValue(ITEMS.size());
  }

  private static int odd(int item, AtomicInteger done) {
    done.incrementAndGet();
    if (item % 2 == 0) {
      throw new IllegalArgumentException("no odd number: " + item);
    }
    return item;
  }

  @Test
  void anErrorStaysOne() {
    OutOfMemoryError error = new OutOfMemoryError("too much");
    assertThatThrownBy(
            () ->
                SideBySide.map(
                    ITEMS,
                    item -> {
                      throw error;
                    }))
        .isSameAs(error);
  }
}
