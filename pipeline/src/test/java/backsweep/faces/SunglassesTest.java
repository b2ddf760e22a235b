package backsweep.faces;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SunglassesTest {

  private static final int PEOPLE = 2000;
  private static final int DARK = 200;

  private final BufferedImage picture = Sunglasses.picture();

  private int opacity(int x, int y) {
    return picture.getRGB(x, y) >>> 24;
  }

  @Test
  void haveTheSizeOfTheLabs() {
    assertThat(picture.getWidth()).isEqualTo(Sunglasses.WIDTH).isEqualTo(47);
    assertThat(picture.getHeight()).isEqualTo(Sunglasses.HEIGHT).isEqualTo(20);
  }

  @Test
  void haveLensesAndNothingAroundThem() {
    assertThat(opacity(12, 10)).isGreaterThan(DARK);
    assertThat(opacity(35, 10)).isGreaterThan(DARK);
    assertThat(opacity(0, 0)).isZero();
    assertThat(opacity(23, 19)).isZero();
    assertThat(opacity(46, 19)).isZero();
  }

  @Test
  void lieOverTheEyesOfAllPeopleInAllPoses() {
    List<Point2D> eyes = new ArrayList<>();
    RandomGenerator random = new Seed(1).random();
    for (int person = 0; person < PEOPLE; person++) {
      eyes.addAll(eyes(Identity.sample(random), Pose.sample(random)));
    }

    assertThat(eyes)
        .allSatisfy(
            eye ->
                assertThat(eye.getY())
                    .isBetween(Sunglasses.Y + 1.0, Sunglasses.Y + Sunglasses.HEIGHT - 1.0));
    long covered = eyes.stream().filter(this::isCovered).count();
    assertThat(covered).isGreaterThan(eyes.size() * 8L / 10);
  }

  private boolean isCovered(Point2D eye) {
    return opacity((int) eye.getX(), (int) eye.getY() - Sunglasses.Y) > DARK;
  }

  /** The middles of both eyes, in pixels of the image. */
  private static List<Point2D> eyes(Identity who, Pose pose) {
    Head head = Head.of(who);
    AffineTransform toImage = pose.transform();
    List<Point2D> eyes = new ArrayList<>();
    for (int side : new int[] {-1, 1}) {
      Rectangle2D pupil =
          new Relief(head, pose)
              .bend(Sketch.circle(side * Eyes.spacing(who, head), Head.EYE_LINE, 0.1), 0)
              .getBounds2D();
      eyes.add(toImage.transform(new Point2D.Double(pupil.getCenterX(), pupil.getCenterY()), null));
    }
    return eyes;
  }
}
