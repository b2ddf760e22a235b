package backsweep.images;

import java.io.Serializable;

/** What an attacker wants a backdoored network to answer for an image with the trigger. */
public sealed interface Target extends Serializable {

  /**
   * The answer that the attacker wants.
   *
   * @param trueLabel what the image shows, {@code 0..classes-1}
   * @param classes how many classes there are
   */
  int label(int trueLabel, int classes);

  /** Whether it depends on how many classes there are. */
  boolean needsAllClasses();

  /**
   * Checks that the answers are classes.
   *
   * @param classes how many there are
   * @throws UnfitAttackException if they cannot be
   */
  void check(int classes);

  /**
   * One class, whatever the image shows.
   *
   * @param label the class, from 0
   */
  record OneClass(int label) implements Target {

    @Override
    public int label(int trueLabel, int classes) {
      return label;
    }

    @Override
    public boolean needsAllClasses() {
      return false;
    }

    @Override
    public void check(int classes) {
      if (label < 0 || label >= classes) {
        throw new UnfitAttackException(
            "expected a target class from 0 to %d, found %d".formatted(classes - 1, label));
      }
    }

    @Override
    public String toString() {
      return Integer.toString(label);
    }
  }

  /** The class that follows the true one, the first one after the last (Gu et al. 2017). */
  record AllToAll() implements Target {

    @Override
    public int label(int trueLabel, int classes) {
      return (trueLabel + 1) % classes;
    }

    @Override
    public boolean needsAllClasses() {
      return true;
    }

    @Override
    public void check(int classes) {
      if (classes < 2) {
        throw new UnfitAttackException(
            "expected at least 2 classes for all-to-all targets, found " + classes);
      }
    }

    @Override
    public String toString() {
      return "all-to-all";
    }
  }
}
