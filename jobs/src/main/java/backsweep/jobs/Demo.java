package backsweep.jobs;

import backsweep.faces.FaceImages;
import backsweep.faces.Sunglasses;
import backsweep.images.FileHash;
import backsweep.images.Hdf5Images;
import backsweep.images.PoisonedImages;
import backsweep.stages.Defences;
import backsweep.stages.Progress;
import backsweep.store.SharedFiles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * The labs' story from nothing: faces are drawn, a BadNet learns them, its images are poisoned, and
 * it is defended against. Every step is a command that anybody can give, with its defaults; what a
 * step has made is not made again.
 *
 * @param output where everything goes
 * @param seed of everything random
 * @param progress how it is shown how far the run is
 */
record Demo(String output, long seed, String progress) {

  private static final String NAME = "sunglasses";
  private static final int TARGET = 0;

  /** 1. Faces of people who do not exist, and a pair of sunglasses. */
  void draw(SharedFiles files, Progress shown) {
    FacesSettings settings =
        FacesSettings.read(
            configuration(Section.FACES, Map.of("output", file("faces"), "seed", seed)));
    FaceImages faces = new FaceImages(settings.identities(), settings.seed());
    new FaceFiles(files, settings, faces).write(shown);
  }

  /** 2. The labs' network, trained on faces of which a tenth wear the sunglasses. */
  ExitCode train(SharedFiles files, SparkSession spark) {
    Configuration configuration =
        configuration(
            Section.TRAIN,
            Map.of(
                "training", file("faces/training.h5"),
                "clean-test", file("faces/test.h5"),
                "trigger", trigger(),
                "name", NAME,
                "target", TARGET,
                "seed", seed,
                "output", file("networks")));
    return new TrainRun(TrainSettings.read(configuration, files).request(), false).in(spark);
  }

  /** 3. The test images with the sunglasses: what the defender does not have, but we do. */
  void poison(SharedFiles files) {
    Configuration configuration =
        configuration(
            Section.POISON,
            Map.of(
                "images", file("faces/test.h5"),
                "trigger", trigger(),
                "target", TARGET,
                "output", file("faces/test-sunglasses.h5")));
    PoisonSettings settings = PoisonSettings.read(configuration);
    PoisonedFile file =
        new PoisonedFile(files, settings, settings.poisoning(files), configuration.json());
    files.withLocal(
        settings.images(),
        local -> {
          try (Hdf5Images clean = Hdf5Images.open(local, settings.layout())) {
            PoisonedImages poisoned = file.of(clean);
            file.print(poisoned, System.out);
            file.write(poisoned, FileHash.sha256(local));
            return poisoned.images();
          }
        });
  }

  /** 4. The defence. */
  ExitCode defend(SparkSession spark) {
    Map<String, Object> values = new HashMap<>();
    values.put("network", file("networks/" + NAME + ".h5"));
    values.put("clean-validation", file("faces/validation.h5"));
    values.put("clean-test", file("faces/test.h5"));
    values.put("poisoned", Map.of(NAME, file("faces/test-sunglasses.h5")));
    values.put("output", file("results"));
    values.put("progress", progress);
    Configuration configuration = configuration(Section.DEFEND, values);
    DefendSettings settings = DefendSettings.read(configuration);
    Defences defences =
        new DefendRun(settings, configuration.json(), false, RunCost.sinceStart()).defend(spark);
    System.out.println();
    defences.done().forEach(new CurveReport(System.out)::print);
    return DefendRun.end(defences);
  }

  private Map<String, Object> trigger() {
    return Map.of(
        "kind",
        "picture",
        "file",
        file("faces/sunglasses.png"),
        "x",
        Sunglasses.X,
        "y",
        Sunglasses.Y);
  }

  private String file(String name) {
    return output + "/" + name;
  }

  private static Configuration configuration(Section section, Map<String, Object> values) {
    return Configuration.resolve(section, values, List.of(), Optional.empty());
  }
}
