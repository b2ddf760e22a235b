package backsweep.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** There is one best of several repairs, in whatever order they come. */
class RepairWorthTest {

  /** Each is better than those behind it, for one reason. */
  private static final List<RepairWorth> SORTED =
      List.of(
          worth(0.9, 0.5, 0.5, true, 10, "z"),
          worth(0.8, 0.1, 0.5, true, 10, "z"),
          worth(0.8, 0.2, 0.9, true, 10, "z"),
          worth(0.8, 0.2, 0.8, false, 10, "z"),
          worth(0.8, 0.2, 0.8, true, 2, "z"),
          worth(0.8, 0.2, 0.8, true, 10, "a"),
          worth(0.8, 0.2, 0.8, true, 10, "b"),
          worth(0.8, 0.2, null, false, 2, "a"),
          worth(0.0, 0.0, 1.0, false, 2, "a"),
          worth(null, 0.0, null, false, 2, "a"),
          worth(null, 1.0, 1.0, false, 2, "a"),
          worth(null, null, 0.9, true, 4, "a"),
          worth(null, null, 0.8, false, 2, "a"),
          worth(null, null, null, false, 2, "a"));

  private static RepairWorth worth(
      Double rating,
      Double attack,
      Double accuracy,
      boolean isFineTuned,
      double drop,
      String criterion) {
    return new RepairWorth(
        Optional.ofNullable(rating),
        Optional.ofNullable(attack),
        Optional.ofNullable(accuracy),
        isFineTuned,
        drop,
        criterion);
  }

  @Test
  void theBetterIsTheGreater() {
    List<RepairWorth> shuffled = new ArrayList<>(SORTED);
    Collections.shuffle(shuffled, new Random(1));

    assertThat(shuffled.stream().sorted(RepairWorth.ORDER.reversed()).toList()).isEqualTo(SORTED);
  }

  @Test
  void noTwoThatDifferAreEqual() {
    for (int i = 1; i < SORTED.size(); i++) {
      assertThat(RepairWorth.ORDER.compare(SORTED.get(i - 1), SORTED.get(i))).isPositive();
    }
  }
}
