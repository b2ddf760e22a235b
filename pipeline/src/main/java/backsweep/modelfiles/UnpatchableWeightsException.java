package backsweep.modelfiles;

/** Weights that are stored in a way in which single values cannot be changed in place. */
public class UnpatchableWeightsException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * Says which variable cannot be changed, why, and the way out.
   *
   * @param where the file and the variable in it
   * @param storage how the variable is stored
   */
  public UnpatchableWeightsException(String where, String storage) {
    super(
        ("%s: expected values stored contiguously, which can be changed in place, found %s; load"
                + " the model in Keras, save it as .keras and take that file")
            .formatted(where, storage));
  }
}
