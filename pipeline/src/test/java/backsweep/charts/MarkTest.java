package backsweep.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Places that are near each other share a text, and stay where they are. */
class MarkTest {

  @Test
  void thoseNearTheOneBeforeAreSaidAtTheFirst() {
    List<Mark> marks =
        List.of(
            new Mark(3, "1"),
            new Mark(45, "2"),
            new Mark(48, "4"),
            new Mark(52, "10"),
            new Mark(59, "20"));

    assertThat(Mark.sharing(marks, 7))
        .containsExactly(
            new Mark(3, "1"),
            new Mark(45, "2, 4, 10"),
            new Mark(48, ""),
            new Mark(52, ""),
            new Mark(59, "20"));
  }

  @Test
  void whereNoneIsNearEachSaysItsOwn() {
    List<Mark> marks = List.of(new Mark(0, "2"), new Mark(5, "4"));

    assertThat(Mark.sharing(marks, 5)).isEqualTo(marks);
    assertThat(Mark.sharing(List.of(), 5)).isEmpty();
  }
}
