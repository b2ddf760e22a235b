package backsweep.tensorflow;

/** Training that went astray: its loss or what it learns is no finite number any more, or yet. */
public final class DivergedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * Training that diverged while it learned.
   *
   * @param what is not finite, and what was found
   * @param step the step, from 1
   * @param remedy what may help
   */
  public DivergedException(String what, long step, String remedy) {
    this("training diverged: %s at step %d; %s".formatted(what, step, remedy));
  }

  private DivergedException(String message) {
    super(message);
  }

  /**
   * Training that cannot begin.
   *
   * @param loss of the network as it was given
   */
  public static DivergedException fromTheStart(float loss) {
    return new DivergedException(
        ("training cannot begin: the loss of the network as it is given is %s; the weights are too"
                + " large, or pixels are not divided by what the network was trained with"
                + " (--input-scale)")
            .formatted(loss));
  }
}
