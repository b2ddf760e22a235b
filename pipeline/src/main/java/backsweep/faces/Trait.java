package backsweep.faces;

import java.util.List;

/**
 * What people differ in. A value is a number from 0 to 1, on a scale or for one of several kinds,
 * which divide the range.
 *
 * <p>Differences are measured in steps, the least that shows in an image of 55 x 47 pixels: a pixel
 * or two of shape, some 20 grey levels of colour. Two kinds are always so many steps apart.
 */
enum Trait {
  /** From narrow to wide. */
  FACE_WIDTH(4),
  /** From short to long. */
  FACE_LENGTH(3),
  /** From pointed to square. */
  JAW(4),
  /** From hollow to full. */
  CHEEKS(2),
  /** From small to large. */
  EARS(2),
  /** From light to dark. */
  SKIN_TONE(6),
  /** From olive to rosy. */
  SKIN_HUE(2),
  /** From close together to far apart. */
  EYE_SPACING(3),
  /** From small to large. */
  EYE_SIZE(3),
  /** From falling to rising outwards. */
  EYE_SLANT(2),
  /** The colour of the iris. */
  EYE_COLOUR(2, Palette.IRISES),
  /** From thin to bushy. */
  BROW_THICKNESS(3),
  /** From falling to rising outwards. */
  BROW_SLANT(2),
  /** From just above the eyes to far above. */
  BROW_HEIGHT(2),
  /** From short to long. */
  NOSE_LENGTH(3),
  /** From narrow to wide. */
  NOSE_WIDTH(3),
  /** From narrow to wide. */
  MOUTH_WIDTH(3),
  /** From just below the nose to near the chin. */
  MOUTH_HEIGHT(2),
  /** From thin to full. */
  LIP_FULLNESS(3),
  /** From the skin's colour to red. */
  LIP_COLOUR(2),
  /** How hair is worn. */
  HAIR_STYLE(5, HairStyle.ALL),
  /** From black over brown, red and blond to white. */
  HAIR_COLOUR(6),
  /** From flat to full. */
  HAIR_VOLUME(2),
  /** The hair on the lower face. */
  BEARD(4, Beard.KINDS),
  /** What is worn before the eyes. */
  GLASSES(4, Glasses.KINDS),
  /** How many there are. */
  FRECKLES(2, Freckles.COUNTS);

  private final double steps;

  /** Made by {@code List.of}: immutable. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<?> kinds;

  Trait(double steps) {
    this(steps, List.of());
  }

  Trait(double steps, List<?> kinds) {
    this.steps = steps;
    this.kinds = kinds;
  }

  /** The kind that a value stands for. */
  Object kind(double value) {
    return kinds.get((int) (value * kinds.size()));
  }

  /** How many steps lie between two values. */
  double steps(double one, double other) {
    if (kinds.isEmpty()) {
      return steps * Math.abs(one - other);
    }
    return kind(one).equals(kind(other)) ? 0 : steps;
  }
}
