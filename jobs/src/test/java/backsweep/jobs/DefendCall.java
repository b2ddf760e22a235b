package backsweep.jobs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A call of {@code defend}, by default on the smallest network and without what is optional. */
final class DefendCall {

  private final Map<String, List<String>> options = new LinkedHashMap<>();
  private final List<String> flags = new ArrayList<>();

  private DefendCall() {}

  /** A call without any option. */
  static DefendCall bare() {
    return new DefendCall();
  }

  /** A call on {@code bn_after}, pruned where its golden curve was made. */
  static DefendCall into(Path output) {
    return on("bn_after", ".h5", output);
  }

  /** A call on a network of the zoo that has images of its own. */
  static DefendCall on(String network, String extension, Path output) {
    return bare()
        .with("--network", Fixture.path("zoo/" + network + extension))
        .with("--input-scale", 255)
        .with("--layer", "last")
        .with("--statistics-layer", "stat")
        .with("--clean-validation", Fixture.path("data/" + network + "_valid.h5"))
        .with("--output", output);
  }

  /** A call on the labs' network, with one image of every class in each set. */
  static DefendCall onLab(Path output) {
    return bare()
        .with("--network", Fixture.path("models/lab3_bd_weights.h5"))
        .with("--architecture", Fixture.path("models/deepid.json"))
        .with("--clean-validation", Fixture.path("data/impressions_valid.h5"))
        .with("--clean-test", Fixture.path("data/impressions_test.h5"))
        .with("--poisoned", "trigger=" + Fixture.path("data/impressions_poisoned.h5"))
        .with("--output", output);
  }

  /** With the sets that results are reported on. */
  DefendCall reporting(String network) {
    return with("--clean-test", Fixture.path("data/" + network + "_test.h5"))
        .with("--poisoned", "trigger=" + Fixture.path("data/" + network + "_poisoned.h5"));
  }

  /** Gives an option a value, in the place of those it had. */
  DefendCall with(String option, Object value) {
    options.put(option, List.of(value.toString()));
    return this;
  }

  /** Gives an option one more value. */
  DefendCall and(String option, Object value) {
    options.merge(
        option,
        List.of(value.toString()),
        (had, more) -> {
          List<String> all = new ArrayList<>(had);
          all.addAll(more);
          return all;
        });
    return this;
  }

  /** Leaves an option out. */
  DefendCall without(String option) {
    options.remove(option);
    return this;
  }

  /** Only looks at the inputs. */
  DefendCall dry() {
    flags.add("--dry-run");
    return this;
  }

  /** Tries again what failed before. */
  DefendCall retryingFailed() {
    flags.add("--retry-failed");
    return this;
  }

  /** What a person would type behind the program's name. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of("defend"));
    options.forEach((option, values) -> values.forEach(v -> arguments.add(option + "=" + v)));
    arguments.addAll(flags);
    return arguments;
  }

  /** Runs the command, without progress if it was not asked for: what is printed are problems. */
  Outcome run() {
    options.putIfAbsent("--progress", List.of("none"));
    return Outcome.of(arguments().toArray(String[]::new));
  }
}
