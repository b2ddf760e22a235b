package backsweep.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** One file for everything of which the README says that it is refused, but for HDF5's own. */
final class RefusedNetworks {

  /** Writes a file into a folder. */
  @FunctionalInterface
  interface Maker {

    /** Writes it, and says what reads it. */
    Refused in(Path folder) throws IOException;
  }

  /**
   * A file that is refused.
   *
   * @param subject what reads it
   * @param file where it is
   * @param sound what is read together with it
   */
  record Refused(Subject subject, Path file, Path sound) {}

  private static final byte[] END = {'P', 'K', 5, 6};
  private static final String FIRST =
      "{\"class_name\": \"ReLU\", \"config\": {\"name\": \"first\","
          + " \"batch_input_shape\": [null, %d, %d, 3]}}";

  private RefusedNetworks() {}

  /** By what the README calls them. */
  static Map<String, Maker> all() {
    Map<String, Maker> all = new LinkedHashMap<>();
    all.put("`Lambda` layers", architecture(behind(5, "Lambda", "")));
    all.put("custom layers", architecture(behind(5, "mine>Layer", "")));
    all.put("a folder of `model.export()`", RefusedNetworks::exported);
    all.put("a SavedModel's graph", format("0801129b98020a831612d3150a5e"));
    all.put("a frozen graph", format("0a3a0a0178120b506c616365686f6c6465722a0b"));
    all.put("TensorFlow Lite", format("1c00000054464c331400200018"));
    all.put("ONNX", format("080812077079746f7263681a05"));
    all.put("PyTorch", format("80028a0a6cfc9c46f9206aa850192e"));
    all.put("pickles", format("80049505000000000000007d942e"));
    all.put("JSON over 8 MiB", architecture(" ".repeat((8 << 20) + 1)));
    all.put("JSON nested over 200 deep", architecture("[".repeat(201)));
    all.put("a key twice", architecture("{\"class_name\": \"Model\", \"class_name\": \"Model\"}"));
    all.put(
        "objects of one number that differ",
        architecture(
            "{\"module\": \"a\", \"shared_object_id\": 1, \"config\":"
                + " {\"module\": \"b\", \"shared_object_id\": 1}}"));
    all.put(
        "more than 2^25 values in a layer for one image",
        architecture(behind(2048, "Conv2D", ", \"filters\": 64, \"kernel_size\": 1")));
    all.put(
        "windows over 2^20",
        architecture(behind(5, "MaxPooling2D", ", \"pool_size\": 1048577, \"padding\": \"same\"")));
    all.put("a zip with two ends", RefusedNetworks::withTwoEnds);
    all.put("entries named with control characters", folder -> zip(folder, "notes\u0007"));
    all.put("two entries of the wanted name", RefusedNetworks::withTwoConfigurations);
    all.put("an entry of two names", RefusedNetworks::withTwoNames);
    all.put("weights that inflate more than twentyfold (beyond 64 MiB)", RefusedNetworks::bomb);
    return all;
  }

  /** An architecture, beside sound weights. */
  static Maker architecture(String json) {
    return folder -> {
      Path file = Files.writeString(folder.resolve("architecture.json"), json);
      return new Refused(Subject.ARCHITECTURE, file, seed("keras/small.h5"));
    };
  }

  /** A layer behind an input of this height and width. */
  private static String behind(int side, String className, String options) {
    return "{\"class_name\": \"Sequential\", \"config\": [%s, {\"class_name\": \"%s\", \"config\": {%s}}]}"
        .formatted(FIRST.formatted(side, side), className, "\"name\": \"refused\"" + options);
  }

  private static Refused exported(Path folder) throws IOException {
    Files.write(folder.resolve("saved_model.pb"), new byte[] {8, 1});
    return new Refused(Subject.NETWORK, folder, folder);
  }

  private static Maker format(String hex) {
    return folder -> {
      byte[] bytes = Arrays.copyOf(HexFormat.of().parseHex(hex), 400);
      return network(Files.write(folder.resolve("network.h5"), bytes));
    };
  }

  private static Refused withTwoEnds(Path folder) throws IOException {
    Path file = zip(folder, "notes").file();
    Crafted zip = Crafted.of(Files.readAllBytes(file));
    byte[] bytes = zip.bytes();
    zip.append(Arrays.copyOfRange(bytes, zip.find(END), bytes.length));
    return network(Files.write(file, zip.bytes()));
  }

  private static Refused withTwoConfigurations(Path folder) throws IOException {
    Path file = zip(folder, "config.jsoX").file();
    String bytes = Files.readString(file, ISO_8859_1);
    String renamed = bytes.replace("jsoX", "json");
    return network(Files.writeString(file, renamed, ISO_8859_1));
  }

  private static Refused withTwoNames(Path folder) throws IOException {
    ZipEntry entry = new ZipEntry("notes");
    byte[] name = "config.json".getBytes(US_ASCII);
    byte[] head = {0x75, 0x70, (byte) (5 + name.length), 0, 1, 0, 0, 0, 0};
    byte[] field = Arrays.copyOf(head, head.length + name.length);
    System.arraycopy(name, 0, field, head.length, name.length);
    entry.setExtra(field);
    return zip(folder, entry, sound(), 1);
  }

  private static Refused bomb(Path folder) throws IOException {
    String large = sound().replace("\"units\": 3", "\"units\": 2000000");
    return zip(folder, new ZipEntry("notes"), large, 200);
  }

  private static Refused zip(Path folder, String other) throws IOException {
    return zip(folder, new ZipEntry(other), sound(), 1);
  }

  /** A zip of this configuration, an entry without content, and so many mebibytes of weights. */
  private static Refused zip(Path folder, ZipEntry other, String configuration, int mebibytes)
      throws IOException {
    Path file = folder.resolve("network.keras");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("config.json"));
      zip.write(configuration.getBytes(UTF_8));
      zip.putNextEntry(other);
      zip.putNextEntry(new ZipEntry("model.weights.h5"));
      for (int i = 0; i < mebibytes; i++) {
        zip.write(new byte[1 << 20]);
      }
    }
    return network(file);
  }

  private static Refused network(Path file) {
    return new Refused(Subject.NETWORK, file, file);
  }

  private static String sound() {
    try {
      return Files.readString(seed("keras/small.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A small file of the tests. */
  static Path seed(String name) {
    return Seed.ofResources().stream()
        .filter(seed -> seed.name().equals(name))
        .findFirst()
        .orElseThrow()
        .file();
  }
}
