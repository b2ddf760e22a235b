package backsweep.evaluation;

/** By how much labels may be off the classes of a network. */
public enum LabelShift {
  /** Not at all. */
  NONE,
  /** The first class is called 1. */
  FROM_ONE,
  /** The second class is called 0. */
  BELOW_ZERO
}
