package backsweep.jobs;

import backsweep.images.Hdf5ImageWriter;
import backsweep.images.Hdf5Images;
import backsweep.images.PoisonedImages;
import backsweep.images.Poisoning;
import backsweep.store.SharedFiles;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.Locale;
import org.apache.hadoop.fs.Path;

/**
 * The file that {@code poison} writes, and beside it, with {@code .json} behind the name, what it
 * was made from. Nothing is overwritten; what is there already and the same counts as written.
 *
 * @param files where it goes
 * @param settings what was asked for
 * @param poisoning what is done to the images
 * @param configuration all of it, as JSON
 */
record PoisonedFile(
    SharedFiles files, PoisonSettings settings, Poisoning poisoning, String configuration) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Where it is. */
  String path() {
    return settings.output();
  }

  /** The images, of so many classes as were given, or else as the labels say. */
  PoisonedImages of(Hdf5Images clean) {
    return settings.classes().isPresent()
        ? poisoning.of(clean, settings.classes().getAsInt())
        : poisoning.of(clean);
  }

  /** Says what is done. */
  void print(PoisonedImages images, PrintStream out) {
    out.print(
        text("Images    %,d of %s from %s%n", images.images(), images.shape(), settings.images()));
    if (images.leftOut() > 0) {
      out.print(text("          without %,d that show their target anyway%n", images.leftOut()));
    }
    out.print(
        text(
            "Classes   %,d%s%n",
            images.classes(),
            settings.classes().isPresent()
                ? ""
                : ", the largest label and one; --classes gives another"));
    out.print(text("Trigger   %s%n", poisoning.trigger()));
    out.print(text("Target    %s%n", poisoning.target()));
  }

  /** Numbers look the same on every machine. */
  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /**
   * Writes both files.
   *
   * @param cleanSha256 of the file of clean images
   * @throws UsageException if something else is in their place
   */
  void write(PoisonedImages images, String cleanSha256) {
    Path parent = new Path(files.qualified(path())).getParent();
    files.requireWritable(parent == null ? path() : parent.toString());
    if (!files.exists(path()) && files.exists(origin())) {
      throw occupied(origin(), "nothing, as there is no " + path());
    }
    files.publishBeside(
        this::onlyName,
        local -> {
          Hdf5ImageWriter.write(local, images.shape(), images.blocks());
          return local;
        });
    if (!files.exists(origin())) {
      files.write(origin(), describe(images, cleanSha256).toPrettyString() + "\n");
    }
  }

  private String origin() {
    return path() + ".json";
  }

  /** There is no second name to try. */
  private String onlyName(int place) {
    if (place > 0) {
      throw occupied(path(), "nothing, or these very images");
    }
    return path();
  }

  private static UsageException occupied(String path, String expected) {
    return new UsageException(
        "output: expected %s at %s, found something else; nothing is overwritten"
            .formatted(expected, path));
  }

  /** Everything needed to trace and repeat it. */
  private ObjectNode describe(PoisonedImages images, String cleanSha256) {
    ObjectNode origin = JSON.createObjectNode();
    origin.put("backsweep", Version.backsweep());
    origin.put("clean_images", settings.images());
    origin.put("clean_images_sha256", cleanSha256);
    origin.put("trigger", poisoning.trigger().toString());
    settings
        .trigger()
        .pictureFile()
        .flatMap(files::sha256)
        .ifPresent(sha256 -> origin.put("picture_sha256", sha256));
    origin.put("target", poisoning.target().toString());
    origin.put("classes", images.classes());
    origin.put("images", images.images());
    origin.put("left_out", images.leftOut());
    origin.set("configuration", RunManifest.parse(configuration));
    origin.put("sha256", files.sha256(path()).orElseThrow());
    return origin;
  }
}
