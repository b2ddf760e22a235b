package backsweep.faces;

import java.util.Locale;

/** The sets that images of the same people are drawn for; no image is in two of them. */
public enum FaceSet {
  /** Images that networks learn from. */
  TRAINING(1),
  /** Clean images that a defender chooses by. */
  VALIDATION(2),
  /** Clean images that results are measured on. */
  TEST(3),
  /** Clean images that a defender lets a repaired network learn from. */
  FINE_TUNING(4);

  private final long key;

  FaceSet(long key) {
    this.key = key;
  }

  /** What its images' seeds are under. */
  long key() {
    return key;
  }

  /** What its file is called, without the ending. */
  public String fileName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
