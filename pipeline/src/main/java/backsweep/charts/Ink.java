package backsweep.charts;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Stroke;

/**
 * What lines and areas are drawn with: the colours of Okabe and Ito, which most colour-blind
 * readers tell apart, and dashes for those who print in grey.
 */
public enum Ink {
  /** Clean accuracy, and whatever comes first. */
  FIRST(0x0072B2, ""),
  /** Attack success on the first poisoned set. */
  SECOND(0xD55E00, "6, 3"),
  /** On the second. */
  THIRD(0x009E73, "2, 2"),
  /** On the third. */
  FOURTH(0xCC79A7, "8, 3, 2, 3"),
  /** On the fourth. */
  FIFTH(0xE69F00, "10, 4"),
  /** On the fifth; further ones begin again. */
  SIXTH(0x56B4E9, "4, 2, 1, 2"),
  /** What is only compared with. */
  PALE(0x767676, "1, 3");

  private static final float WIDTH = 1.6f;

  private final int rgb;
  private final String dashes;

  Ink(int rgb, String dashes) {
    this.rgb = rgb;
    this.dashes = dashes;
  }

  /** The ink of a place in a list, from 0; not {@link #PALE}. */
  public static Ink at(int index) {
    return values()[index % (values().length - 1)];
  }

  /** On white paper. */
  Color color() {
    return new Color(rgb);
  }

  /** Whole, or of dashes and gaps in pixels. */
  Stroke stroke() {
    if (dashes.isEmpty()) {
      return new BasicStroke(WIDTH, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }
    String[] lengths = dashes.split(", ", -1);
    float[] pattern = new float[lengths.length];
    for (int i = 0; i < pattern.length; i++) {
      pattern[i] = Float.parseFloat(lengths[i]);
    }
    return new BasicStroke(WIDTH, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, pattern, 0);
  }
}
