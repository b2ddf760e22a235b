package backsweep.stages;

import static java.util.stream.Collectors.joining;

import backsweep.images.ImageSet;
import backsweep.stages.VerifyRepairs.Extent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * On which images a repair was verified, as the table of repairs says it: {@code first:<sha256>} or
 * {@code full:<sha256>} of every image set, by commas.
 */
final class VerifiedSets {

  private VerifiedSets() {}

  /** The text for some sets. */
  static String text(Extent extent, List<ImageSet> sets) {
    return sets.stream().map(set -> text(extent, set)).collect(joining(","));
  }

  private static String text(Extent extent, ImageSet set) {
    return extent.name().toLowerCase(Locale.ROOT) + ":" + set.sha256();
  }

  /** Whether a text names all of some sets, to this extent at least. */
  static boolean covers(String text, Extent extent, List<ImageSet> sets) {
    Set<String> verified = Arrays.stream(text.split(",")).collect(Collectors.toSet());
    return sets.stream()
        .allMatch(
            set ->
                verified.contains(text(extent, set)) || verified.contains(text(Extent.FULL, set)));
  }
}
