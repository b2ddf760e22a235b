package backsweep.images;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PictureTest {

  @Test
  void refusesPixelsThatAreNoRectangle() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Picture(2, 2, new int[3]))
        .withMessage("expected 2 x 2 pixels, at least one, found 3");
  }
}
