package backsweep.jobs;

import backsweep.stages.Strip;
import java.util.List;
import java.util.Optional;

/** Which detector {@code defend} compares G with, if any. */
final class DetectorSettings {

  /** As far as alpha may be from 0 and 1: what is left of one of the images must be seen. */
  private static final double LEAST = 0.01;

  private static final List<String> KNOWN = List.of(Strip.LABEL);

  private DetectorSettings() {}

  /** Reads the settings; what is wrong with them is noted. */
  static Optional<Strip> read(Configuration configuration) {
    Strip strip =
        new Strip(
            configuration.integer("strip-overlays", 1, 10_000),
            (float) configuration.number("strip-alpha", LEAST, 1 - LEAST),
            configuration.integer("strip-images", 1, 1_000_000),
            configuration.wholeNumber("seed", Long.MIN_VALUE, Long.MAX_VALUE));
    Optional<String> detector = configuration.optional("detector");
    detector
        .filter(name -> !KNOWN.contains(name))
        .ifPresent(
            name ->
                configuration.problem(
                    "detector",
                    "expected one of %s, found \"%s\"".formatted(String.join(", ", KNOWN), name)));
    return detector.map(name -> strip);
  }

  /** Notes it where a detector is asked for and there are no images to tell apart. */
  static void check(Configuration configuration) {
    Optional<String> detector = configuration.optional("detector");
    if (detector.isPresent() && !isComparable(configuration)) {
      configuration.problem(
          "detector: needs images to tell apart, --clean-test and --poisoned, found %s"
              .formatted(detector.get()));
    }
  }

  private static boolean isComparable(Configuration configuration) {
    return configuration.optional("clean-test").isPresent()
        && !configuration.textsByName("poisoned").isEmpty();
  }
}
