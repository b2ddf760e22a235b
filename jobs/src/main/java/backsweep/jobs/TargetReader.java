package backsweep.jobs;

import backsweep.images.Target;
import backsweep.images.Target.AllToAll;
import backsweep.images.Target.OneClass;
import java.util.Optional;

/** Reads what an attacker wants to be answered: the number of a class, or {@code all-to-all}. */
final class TargetReader {

  private static final String ALL_TO_ALL = "all-to-all";

  private TargetReader() {}

  /** The key {@code target} of a command; what is wrong with it is noted. */
  static Target read(Configuration configuration) {
    String text = configuration.required("target");
    Optional<Target> target = parse(text);
    if (target.isEmpty() && !text.isEmpty()) {
      configuration.problem(
          "target", "expected a class from 0 on or %s, found \"%s\"".formatted(ALL_TO_ALL, text));
    }
    return target.orElse(new OneClass(0));
  }

  private static Optional<Target> parse(String text) {
    if (text.equals(ALL_TO_ALL)) {
      return Optional.of(new AllToAll());
    }
    try {
      int label = Integer.parseInt(text);
      return label >= 0 ? Optional.of(new OneClass(label)) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
