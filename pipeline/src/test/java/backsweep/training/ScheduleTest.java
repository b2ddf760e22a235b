package backsweep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import backsweep.tensorflow.Adam;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private static final Schedule SCHEDULE = new Schedule(3, 32, new Adam(0.002, 0.01));

  @Test
  void hasALastStepForWhatIsLeft() {
    assertThat(SCHEDULE.steps(64)).isEqualTo(2);
    assertThat(SCHEDULE.steps(65)).isEqualTo(3);
  }

  @Test
  void slowsDownAlongHalfACosine() {
    assertThat(SCHEDULE.at(0, 100)).isEqualTo(new Adam(0.002, 0.01));
    assertThat(SCHEDULE.at(50, 100).learningRate()).isCloseTo(0.001, within(1e-12));
    assertThat(SCHEDULE.at(25, 100).learningRate())
        .isCloseTo(0.002 * (1 + Math.sqrt(0.5)) / 2, within(1e-12));
    assertThat(SCHEDULE.at(99, 100).learningRate()).isPositive().isLessThan(1e-6);
  }

  @Test
  void hasSomethingToDo() {
    assertThatThrownBy(() -> new Schedule(0, 32, new Adam(0.001, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("epochs and batch size must be at least 1, found 0 and 32");
  }

  @Test
  void goesBySensibleStepsOnly() {
    assertThatThrownBy(() -> new Adam(0, 0))
        .hasMessage("the learning rate must be a number above 0, found 0.0");
    assertThatThrownBy(() -> new Adam(Double.NaN, 0))
        .hasMessage("the learning rate must be a number above 0, found NaN");
    assertThatThrownBy(() -> new Adam(0.1, 10))
        .hasMessage("the weight decay must be at least 0 and below 1 / learning rate, found 10.0");
  }
}
