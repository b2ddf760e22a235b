package backsweep.tensorflow;

/** Training that went astray: its loss or a weight is no finite number any more. */
public final class DivergedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * Training that diverged.
   *
   * @param what is not finite, and what was found
   * @param step the step, from 1
   */
  public DivergedException(String what, long step) {
    super(
        "training diverged: %s at step %d; a smaller learning rate may help".formatted(what, step));
  }
}
