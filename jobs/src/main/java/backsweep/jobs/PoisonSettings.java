package backsweep.jobs;

import backsweep.images.ImageLayout;
import backsweep.images.Poisoning;
import backsweep.images.Target;
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
    Target target = TargetReader.read(configuration);
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

  /** What is done to the images; reads the trigger's picture. */
  Poisoning poisoning(SharedFiles files) {
    return new Poisoning(trigger.load(files), target, isTargetClassKept);
  }
}
