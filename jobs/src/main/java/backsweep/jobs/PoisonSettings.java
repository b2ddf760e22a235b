package backsweep.jobs;

import backsweep.images.ImageLayout;
import backsweep.images.Poisoning;
import backsweep.images.Target;
import backsweep.images.Target.AllToAll;
import backsweep.images.Target.OneClass;
import backsweep.store.SharedFiles;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What {@code poison} was asked for, read from the configuration in one go.
 *
 * @param images the file of clean images
 * @param layout of that file
 * @param trigger what is put into them
 * @param target what they are labelled with
 * @param classes how many there are, if that is known
 * @param isTargetClassKept whether images that show their target anyway are kept
 * @param output the file of poisoned images
 */
record PoisonSettings(
    String images,
    ImageLayout layout,
    TriggerSettings trigger,
    Target target,
    OptionalInt classes,
    boolean isTargetClassKept,
    String output) {

  private static final String ALL_TO_ALL = "all-to-all";

  /**
   * Reads the settings.
   *
   * @throws UsageException with every problem there is
   */
  static PoisonSettings read(Configuration configuration) {
    String images = configuration.required("images");
    ImageLayout layout = LayoutSetting.orLabs(configuration);
    Optional<TriggerSettings> trigger =
        TriggerSettings.read(configuration.below("trigger"), "trigger", configuration.problems());
    Target target = target(configuration);
    OptionalInt classes =
        configuration.optional("classes").isPresent()
            ? OptionalInt.of(configuration.integer("classes", 1, Integer.MAX_VALUE))
            : OptionalInt.empty();
    boolean isTargetClassLeftOut =
        configuration.choice("without-target-class", Map.of("true", true, "false", false));
    String output = configuration.required("output");
    configuration.check();
    return new PoisonSettings(
        images, layout, trigger.orElseThrow(), target, classes, !isTargetClassLeftOut, output);
  }

  /** The key {@code target}, of a command that has one. */
  static Target target(Configuration configuration) {
    String text = configuration.required("target");
    Optional<Target> target = target(text);
    if (target.isEmpty() && !text.isEmpty()) {
      configuration.problem(
          "target: expected a class from 0 on or %s, found \"%s\"".formatted(ALL_TO_ALL, text));
    }
    return target.orElse(new OneClass(0));
  }

  /** The target that a person calls so: the number of a class, or {@code all-to-all}. */
  static Optional<Target> target(String text) {
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

  /** What is done to the images; reads the trigger's picture. */
  Poisoning poisoning(SharedFiles files) {
    return new Poisoning(trigger.load(files), target, isTargetClassKept);
  }
}
