package backsweep.pruning;

import backsweep.evaluation.StepCounts;
import java.math.BigDecimal;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** How many channels a repair prunes, chosen on clean validation images. */
public sealed interface StoppingRule {

  /** Its name in options, files and tables. */
  String name();

  /** The tolerated loss of clean validation accuracy in percentage points, from 0 up to 100. */
  BigDecimal dropPercent();

  /** The step it chooses; empty where the accuracy never falls that far. */
  OptionalInt choose(ValidationCurve validation);

  /** The drop as files and tables spell it: as short as it can be, {@code 10} or {@code 2.5}. */
  default String shortestDrop() {
    return dropPercent().stripTrailingZeros().toPlainString();
  }

  /**
   * The labs' rule: the first step at which the accuracy is at least so many percentage points
   * below the original.
   */
  record FirstBelow(BigDecimal dropPercent) implements StoppingRule {

    /** Checks the range of the drop. */
    public FirstBelow {
      checkDrop(dropPercent);
    }

    @Override
    public String name() {
      return "first-below";
    }

    @Override
    public OptionalInt choose(ValidationCurve validation) {
      return firstBelow(validation.curve(), dropPercent);
    }
  }

  /** The cautious rule: the step just before the one at which the accuracy falls that far. */
  record LastWithin(BigDecimal dropPercent) implements StoppingRule {

    /** Checks the range of the drop. */
    public LastWithin {
      checkDrop(dropPercent);
    }

    @Override
    public String name() {
      return "last-within";
    }

    @Override
    public OptionalInt choose(ValidationCurve validation) {
      OptionalInt below = firstBelow(validation.curve(), dropPercent);
      return below.isPresent() ? OptionalInt.of(below.getAsInt() - 1) : below;
    }
  }

  /** No rule: nothing is pruned, whatever the accuracy. */
  record NoPruning() implements StoppingRule {

    @Override
    public String name() {
      return "unpruned";
    }

    @Override
    public BigDecimal dropPercent() {
      return BigDecimal.ZERO;
    }

    @Override
    public OptionalInt choose(ValidationCurve validation) {
      return OptionalInt.of(0);
    }
  }

  private static void checkDrop(BigDecimal dropPercent) {
    if (dropPercent.signum() <= 0 || dropPercent.compareTo(BigDecimal.valueOf(100)) > 0) {
      throw new IllegalArgumentException(
          "expected a drop above 0 and at most 100 percent, found " + dropPercent);
    }
  }

  /** Compared exactly: {@code 100 (hits0 - hits) >= X n}. */
  private static OptionalInt firstBelow(PruningCurve curve, BigDecimal dropPercent) {
    StepCounts original = curve.original();
    BigDecimal enough = dropPercent.multiply(BigDecimal.valueOf(original.images()));
    return IntStream.range(0, curve.steps().size())
        .filter(
            step -> {
              long lost = original.labelHits() - curve.at(step).labelHits();
              return BigDecimal.valueOf(100 * lost).compareTo(enough) >= 0;
            })
        .findFirst();
  }
}
