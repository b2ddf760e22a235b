package backsweep.stages;

import backsweep.modelfiles.RepairedCopy;
import backsweep.modelfiles.UnpatchableWeightsException;
import backsweep.network.ChannelMask;
import backsweep.network.Network;
import backsweep.pruning.PruningOrder;
import backsweep.pruning.StoppingRule;
import backsweep.store.CopiedFrom;
import backsweep.store.SharedFiles;
import backsweep.store.Unit;
import backsweep.tensorflow.SavedModel;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;

/**
 * Writes the detector G and the repaired network, a byte-patched copy of the original. Nothing is
 * overwritten: where the repair of another unit stands under the same name, the first digits of
 * this unit are added. The detector's folder comes first and says whose the name is.
 */
final class RepairNetwork {

  private static final List<String> EXTENSIONS = List.of(".keras", ".weights.h5");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The file beside the detector that says what it was made from. */
  static final String ORIGIN = "repair.json";

  /** The key there under which it says how many images it should look at at a time. */
  static final String IMAGES_PER_BATCH = "images_per_batch";

  private static final int UNIT_DIGITS = 8;

  private final SharedFiles files;
  private final DefencePlan plan;
  private final String output;

  RepairNetwork(SharedFiles files, DefencePlan plan, String output) {
    this.files = files;
    this.plan = plan;
    this.output = output;
  }

  /** The repair at a step that a rule chose. */
  Repair execute(StoppingRule rule, int step, PruningOrder order) {
    Unit unit = new Units(plan).repair(rule);
    ChannelMask mask = order.maskAt(step);
    SavedModel goodNet = plan.subject().models().goodNet(plan.point(), mask);
    String convolution = plan.point().convolution();
    return write(
        unit,
        Repair.at(rule, step, writeGoodNet(unit, goodNet, mask)),
        (copy, local) -> copy.write(local, convolution, mask));
  }

  /**
   * A repair after fine-tuning.
   *
   * @param pruned the repair before it
   * @param mask of the channels that were not pruned
   * @param tuned the network after it
   */
  Repair writeFineTuned(Repair pruned, ChannelMask mask, Network tuned) {
    Unit unit = new Units(plan).fineTuning(pruned.rule());
    SavedModel goodNet = plan.subject().models().goodNet(tuned);
    int step = pruned.step().getAsInt();
    return write(
        unit,
        Repair.at(pruned.rule(), step, writeGoodNet(unit, goodNet, mask)),
        (copy, local) -> copy.write(local, tuned.weights()));
  }

  private Repair write(Unit unit, Repair repair, BiConsumer<RepairedCopy, Path> writer) {
    try {
      return repair.withFile(writeCopy(unit, writer));
    } catch (UnpatchableWeightsException e) {
      return repair.without(CopiedFrom.message(e));
    }
  }

  /**
   * The names for what a unit writes below a folder: the plain one, then with the unit's first
   * digits, then numbered.
   */
  private IntFunction<String> names(String folder, Unit unit, String extension) {
    String plain =
        "%s/%s-%s-%s%s"
            .formatted(
                folder,
                plan.criterion().label(),
                unit.ingredients().get("rule"),
                unit.ingredients().get("drop_percent"),
                unit.kind() == Unit.Kind.FINE_TUNING ? "-fine-tuned" : "");
    String own = plain + "-" + unit.id().substring(0, UNIT_DIGITS);
    return place ->
        switch (place) {
              case 0 -> plain;
              case 1 -> own;
              default -> own + "-" + place;
            }
            + extension;
  }

  /** The network's, without what a run left there that was killed. */
  private String folder(String kind) {
    String folder = "%s/%s/%s".formatted(output, kind, plan.subject().name());
    files.removeUnfinished(folder);
    return folder;
  }

  /** What was written to a path, as tables name it. */
  private Repair.File written(String path) {
    return new Repair.File(path.substring(output.length() + 1), files.sha256(path).orElseThrow());
  }

  /** That of the original, by which Keras tells its formats apart. */
  static String extension(String original) {
    return EXTENSIONS.stream().filter(original::endsWith).findFirst().orElse(".h5");
  }

  private Repair.File writeGoodNet(Unit unit, SavedModel goodNet, ChannelMask mask) {
    Map<String, Object> origin = origin(unit, mask);
    IntFunction<String> names = names(folder("goodnet"), unit, "");
    return written(files.publishBeside(names, local -> writeGoodNet(local, goodNet, origin)));
  }

  private static Path writeGoodNet(Path local, SavedModel goodNet, Map<String, Object> origin) {
    try {
      goodNet.writeTo(local);
      JSON.writerWithDefaultPrettyPrinter().writeValue(local.resolve(ORIGIN).toFile(), origin);
      return local;
    } catch (IOException e) {
      throw new UncheckedIOException(local + ": " + e.getMessage(), e);
    }
  }

  /** What a detector was made from, for those who find its folder alone. */
  private Map<String, Object> origin(Unit unit, ChannelMask mask) {
    Map<String, Object> origin = new LinkedHashMap<>();
    origin.put("unit", unit.id());
    origin.put("network_sha256", plan.subject().sha256());
    origin.put("layer", plan.point().convolution());
    origin.put("criterion", plan.criterion().label());
    origin.put("rule", unit.ingredients().get("rule"));
    origin.put("drop_percent", unit.ingredients().get("drop_percent"));
    origin.put("pruned_channels", mask.pruned());
    origin.put(IMAGES_PER_BATCH, plan.batches(1).whole());
    if (unit.kind() == Unit.Kind.FINE_TUNING) {
      origin.put("fine_tuning", unit.ingredients().get("fine_tuning"));
    }
    return origin;
  }

  private Repair.File writeCopy(Unit unit, BiConsumer<RepairedCopy, Path> writer) {
    String extension = extension(plan.subject().file().path());
    IntFunction<String> names = names(folder("repaired"), unit, extension);
    return written(files.publishBeside(names, local -> copyOriginal(local, writer)));
  }

  private Path copyOriginal(Path local, BiConsumer<RepairedCopy, Path> writer) {
    return files.withLocal(
        plan.subject().file().path(),
        plan.subject().file().architecture(),
        (original, architecture) -> {
          writer.accept(RepairedCopy.of(original, architecture), local);
          return local;
        });
  }
}
