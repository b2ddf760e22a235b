package backsweep.images;

/**
 * A picture laid over a part of the image, such as the sunglasses of Chen et al., <i>Targeted
 * Backdoor Attacks on Deep Learning Systems Using Data Poisoning</i> (2017): where it has the
 * opacity {@code a} of 0..255 and the value {@code v}, {@code (1 - a/255) x + a/255 v}.
 *
 * @param picture what is laid over
 * @param place where
 */
public record PictureTrigger(Picture picture, Place place) implements Trigger {

  @Override
  public String kind() {
    return "picture";
  }

  @Override
  public Stamp on(ImageShape shape) {
    place.check(picture.width(), picture.height(), shape);
    picture.checkChannels(shape);
    Stamp stamp = new Stamp(shape);
    picture.blend(
        stamp,
        Math.toIntExact(place.left(shape.width(), picture.width())),
        Math.toIntExact(place.top(shape.height(), picture.height())),
        1);
    return stamp;
  }

  @Override
  public String toString() {
    return picture + " " + place;
  }
}
