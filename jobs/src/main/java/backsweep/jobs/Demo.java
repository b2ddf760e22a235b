package backsweep.jobs;

import backsweep.images.FileHash;
import backsweep.images.Hdf5Images;
import backsweep.images.PoisonedImages;
import backsweep.store.SharedFiles;
import java.io.PrintStream;
import java.util.List;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * The labs' story from nothing: faces are drawn, a BadNet is trained on them, and defended against.
 * Each step is a command that anyone can give; what a step has made is not made again.
 *
 * @param output where everything goes
 * @param seed of everything random
 * @param progress how it is shown how far the run is
 */
record Demo(String output, long seed, String progress) {

  private static final String NAME = "sunglasses";

  private static final int STEPS = 4;

  /** The poisoned test images. */
  void poison(SharedFiles files) {
    Configuration configuration =
        configuration(
            Section.POISON,
            Map.of(
                "images", file("faces/test.h5"),
                "trigger", trigger(),
                "target", "0",
                "output", file("faces/test-sunglasses.h5")));
    PoisonSettings settings = PoisonSettings.read(configuration);
    PoisonedFile file =
        new PoisonedFile(files, settings, settings.poisoning(files), configuration.json());
    files.withLocal(
        settings.images(),
        local -> {
          try (Hdf5Images clean = Hdf5Images.open(local)) {
            PoisonedImages poisoned = file.of(clean);
            file.write(poisoned, FileHash.sha256(local));
            return poisoned.images();
          }
        });
  }

  private Map<String, Object> trigger() {
    return Map.of("kind", "picture", "file", file("faces/sunglasses.png"), "x", 0, "y", 15);
  }

  private String file(String name) {
    return output + "/" + name;
  }

  private static Configuration configuration(Section section, Map<String, Object> values) {
    return Configuration.resolve(section, values, List.of(), Optional.empty());
  }
}
