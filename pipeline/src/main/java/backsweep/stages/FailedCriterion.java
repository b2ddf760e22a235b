package backsweep.stages;

/**
 * A criterion by which the channels of one network could not be put in order.
 *
 * @param plan that came to nothing
 * @param failure why
 */
public record FailedCriterion(DefencePlan plan, Failure failure) {

  /** Its label. */
  public String criterion() {
    return plan.criterion().label();
  }

  /** Why, with the criterion's name in the reason. */
  public Failure named() {
    return failure.of("criterion " + criterion());
  }
}
