package backsweep.faces;

import java.awt.Graphics2D;
import java.util.List;

/**
 * How a person looks, with nothing behind it and in even light.
 *
 * @param head its shape
 * @param features from the back to the front
 */
record Face(Head head, List<Feature> features) {

  static Face of(Identity who) {
    Palette palette = Palette.of(who);
    Head head = Head.of(who);
    Hair hair = Hair.of(who, head, palette);
    Mouth mouth = Mouth.of(who, head, palette);
    Body body = new Body(head, palette);
    Beard beard = who.kind(Beard.class, Trait.BEARD);
    return new Face(
        head,
        List.of(
            body.shoulders(),
            hair.behind(),
            body.neck(),
            Ears.of(who, head, palette),
            head.skin(palette),
            Freckles.of(who, palette),
            beard.chin(head, mouth, palette),
            mouth,
            beard.moustache(mouth, palette),
            Nose.of(who, palette),
            Eyes.of(who, head, palette),
            Brows.of(who, head, palette),
            hair.onTop(),
            who.kind(Glasses.class, Trait.GLASSES).on(head)));
  }

  /** Draws it, in pixels of the image. */
  void paint(Graphics2D graphics, Shot shot) {
    graphics.transform(shot.pose().transform());
    Sketch sketch = new Sketch(graphics, new Relief(head, shot.pose()));
    features.forEach(feature -> feature.paint(sketch, shot));
  }
}
