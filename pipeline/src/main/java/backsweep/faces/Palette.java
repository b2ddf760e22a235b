package backsweep.faces;

import java.awt.Color;
import java.util.List;

/**
 * The colours of a person.
 *
 * @param skin in even light
 * @param shade of the skin where it lies in the shadow of something
 * @param lips of the mouth
 * @param iris of the eyes
 * @param hair on the head; brows and beard are darker
 */
record Palette(Color skin, Color shade, Color lips, Color iris, Color hair) {

  /** Of eyes: dark and light brown, green, blue, grey. */
  static final List<Color> IRISES =
      List.of(
          new Color(60, 36, 20),
          new Color(112, 70, 34),
          new Color(70, 110, 60),
          new Color(60, 110, 170),
          new Color(120, 130, 140));

  private static final List<Color> TONES =
      List.of(
          new Color(250, 222, 200),
          new Color(238, 195, 162),
          new Color(214, 163, 124),
          new Color(178, 123, 84),
          new Color(132, 86, 56),
          new Color(88, 56, 38));

  private static final List<Color> HAIRS =
      List.of(
          new Color(22, 18, 18),
          new Color(58, 38, 26),
          new Color(104, 66, 38),
          new Color(150, 60, 28),
          new Color(196, 148, 76),
          new Color(232, 208, 150),
          new Color(140, 140, 142),
          new Color(226, 226, 226));

  private static final Color REDDEST = new Color(170, 30, 50);
  private static final double SHADE = 0.72;

  static Palette of(Identity who) {
    Color skin = tinted(ramp(TONES, who.between(0, 1, Trait.SKIN_TONE)), who);
    return new Palette(
        skin,
        darker(skin, SHADE),
        mix(skin, REDDEST, who.between(0.25, 0.75, Trait.LIP_COLOUR)),
        who.kind(Color.class, Trait.EYE_COLOUR),
        ramp(HAIRS, who.between(0, 1, Trait.HAIR_COLOUR)));
  }

  private static Color tinted(Color skin, Identity who) {
    double rosy = who.between(-10, 10, Trait.SKIN_HUE);
    return colour(skin.getRed() + rosy, skin.getGreen() - rosy / 2, skin.getBlue() - rosy / 3);
  }

  private static Color ramp(List<Color> colours, double place) {
    double scaled = place * (colours.size() - 1);
    int index = Math.min((int) scaled, colours.size() - 2);
    return mix(colours.get(index), colours.get(index + 1), scaled - index);
  }

  /** A colour between two, from 0, the one, to 1, the other. */
  static Color mix(Color one, Color other, double share) {
    return colour(
        one.getRed() + share * (other.getRed() - one.getRed()),
        one.getGreen() + share * (other.getGreen() - one.getGreen()),
        one.getBlue() + share * (other.getBlue() - one.getBlue()));
  }

  /** A colour with all parts multiplied. */
  static Color darker(Color colour, double factor) {
    return mix(Color.BLACK, colour, factor);
  }

  /** A colour that lets through what is below, from 0, everything, to 1. */
  static Color faint(Color colour, double opacity) {
    return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), level(opacity * 255));
  }

  private static Color colour(double red, double green, double blue) {
    return new Color(level(red), level(green), level(blue));
  }

  private static int level(double value) {
    return (int) Math.round(Math.max(0, Math.min(255, value)));
  }
}
