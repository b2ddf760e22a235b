package backsweep.stages;

import backsweep.images.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What image sets look like that were taken for each other, before anything is computed. */
final class SourceHints {

  /** One in a thousand sets that have one label by chance may be taken for a slip. */
  private static final double CHANCE = 0.001;

  private static final Pattern TEST = Pattern.compile("(^|[^a-z])test");
  private static final Pattern VALIDATION = Pattern.compile("(^|[^a-z])val");

  private SourceHints() {}

  /**
   * What shows in sets.
   *
   * @param sources clean validation first
   * @param classes of the network
   */
  static List<Slip> of(List<ImageSource> sources, int classes) {
    List<Slip> hints = new ArrayList<>();
    ImageSource validation = sources.get(0);
    for (ImageSource source : sources) {
      if (source.set().role() == Role.POISONED) {
        severalTargets(source).ifPresent(hints::add);
      } else {
        oneClass(source, classes).ifPresent(hints::add);
      }
      if (source.set().role() == Role.CLEAN_TEST) {
        same(validation, source).ifPresent(hints::add);
      }
    }
    names(sources).ifPresent(hints::add);
    return hints;
  }

  private static Optional<Slip> oneClass(ImageSource clean, int classes) {
    int images = clean.set().images();
    if (clean.hasSeveralLabels() || Math.pow(1.0 / classes, images - 1) > CHANCE) {
      return Optional.empty();
    }
    return Optional.of(
        new Slip(
            clean.set().name(),
            "all %,d images of %s are labelled %d"
                .formatted(images, clean.path(), clean.onlyLabel()),
            "Is it a poisoned set? Those go to --poisoned NAME=PATH; a clean set has images of all"
                + " classes."));
  }

  private static Optional<Slip> severalTargets(ImageSource poisoned) {
    if (!poisoned.hasSeveralLabels() || poisoned.hasTrueLabels()) {
      return Optional.empty();
    }
    return Optional.of(
        new Slip(
            poisoned.set().name(),
            "the images of %s have several labels".formatted(poisoned.path()),
            "Labels of poisoned images must be the class that the attacker wants, not what they"
                + " show: one and the same for all, but in an all-to-all attack. For a folder"
                + " --target CLASS says it."));
  }

  private static Optional<Slip> same(ImageSource validation, ImageSource test) {
    return validation.set().sha256().equals(test.set().sha256())
        ? Optional.of(
            new Slip(
                test.set().name(),
                "%s has the same images as %s, the clean validation set"
                    .formatted(test.path(), validation.path()),
                "Steps are chosen by these: give other images to --clean-test, or none."))
        : Optional.empty();
  }

  /** Validation and test sets that are called like each other. */
  private static Optional<Slip> names(List<ImageSource> sources) {
    ImageSource validation = sources.get(0);
    Optional<ImageSource> test =
        sources.stream().filter(source -> source.set().role() == Role.CLEAN_TEST).findFirst();
    boolean isTestGiven = isCalled(TEST, VALIDATION, validation);
    boolean isValidationGiven = test.filter(one -> isCalled(VALIDATION, TEST, one)).isPresent();
    if (!isTestGiven && !isValidationGiven) {
      return Optional.empty();
    }
    ImageSource odd = isTestGiven ? validation : test.orElseThrow();
    return Optional.of(
        new Slip(
            odd.set().name(),
            "the set is called %s".formatted(odd.path()),
            "Are validation and test images swapped? --clean-validation are those that steps are"
                + " chosen by, --clean-test those that results are reported on."));
  }

  private static boolean isCalled(Pattern like, Pattern unlike, ImageSource source) {
    String path = source.path().replaceFirst("/+$", "").toLowerCase(Locale.ROOT);
    String name = path.substring(path.lastIndexOf('/') + 1);
    return like.matcher(name).find() && !unlike.matcher(name).find();
  }
}
