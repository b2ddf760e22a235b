package backsweep.faces;

/** How bright the places of an image are, with a head that is lit as an egg would be. */
record Illumination(Head head, Pose pose, Light light) {

  /** The egg is a little larger than the head, so that hair and ears lie on it. */
  private static final double EGG = 1.15;

  /** How much it bulges at its rim; less would have it vanish in the dark. */
  private static final double RIM = 0.9;

  /** The brightness at a place of the image, in pixels from its upper left corner. */
  double at(double x, double y) {
    double right = (x - Pose.MIDDLE_X - pose.right()) / (head.side() * EGG);
    double down = (y - Pose.MIDDLE_Y - pose.down()) / (Head.TOP * EGG);
    double distance = right * right + down * down;
    double rim = distance > 1 ? 1 / Math.sqrt(distance) : 1;
    double flat = Math.min(1, distance);
    double out = Math.sqrt(1 - RIM * flat);
    double length = Math.sqrt(flat + out * out);
    return light.on(right * rim / length, down * rim / length, out / length);
  }
}
