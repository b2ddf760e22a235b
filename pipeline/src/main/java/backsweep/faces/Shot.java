package backsweep.faces;

import java.awt.Color;

/** Everything in which the images of one person differ. */
record Shot(
    Pose pose,
    Expression expression,
    Light light,
    Backdrop backdrop,
    Color clothes,
    Camera camera) {

  static Shot sample(Seed seed) {
    return new Shot(
        Pose.sample(seed.under(0).random()),
        Expression.sample(seed.under(1).random()),
        Light.sample(seed.under(2).random()),
        Backdrop.sample(seed.under(3)),
        Backdrop.colour(seed.under(4).random()),
        Camera.sample(seed.under(5)));
  }
}
