package backsweep.hostile;

import backsweep.testing.Fixtures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A sound file, or one that is known to be refused, from which mutants are made.
 *
 * @param name below the fixtures, or below the resources of the tests
 * @param subject what reads it
 * @param file where it is
 * @param sound what is read together with it; itself if there is nothing
 */
record Seed(String name, Subject subject, Path file, Path sound) {

  private static final List<Subject> TURNS =
      List.of(
          Subject.NETWORK,
          Subject.WEIGHTS,
          Subject.FOLDER,
          Subject.NETWORK,
          Subject.IMAGES,
          Subject.ARCHITECTURE,
          Subject.FOLDER,
          Subject.NETWORK,
          Subject.IMAGES,
          Subject.PICTURE);

  /** Of each kind of layer the first of the networks of one layer, and all of several. */
  private static final String SAMPLE = "(?!answers).*?(_0)?(?<!_[1-9]|_1[0-9])\\.(keras|h5)";

  private static final long LARGEST = 3 << 20;

  /** All small files of the fixtures, if they are there, and of the tests. */
  static List<Seed> all() {
    List<Seed> seeds = new ArrayList<>(ofResources());
    Path fixtures = Path.of(System.getProperty("fixtures", ""));
    if (Files.isDirectory(fixtures.resolve("zoo"))) {
      seeds.addAll(ofFixtures());
    }
    return seeds;
  }

  static List<Seed> ofResources() {
    Path keras = resource("/keras/small.h5").getParent();
    Path images = resource("/images/type_f8.h5").getParent();
    Path pictures = resource("/pictures/rgba.png").getParent();
    List<Seed> seeds = new ArrayList<>();
    for (Path file : files(keras, ".h5")) {
      seeds.add(new Seed("keras/" + file.getFileName(), Subject.WEIGHTS, file, architecture()));
    }
    Path small = keras.resolve("small.h5");
    seeds.add(new Seed("keras/small.json", Subject.ARCHITECTURE, architecture(), small));
    Stream.of(".keras", ".h5")
        .flatMap(kind -> files(keras.resolve("networks"), kind).stream())
        .filter(file -> file.getFileName().toString().matches(SAMPLE))
        .forEach(file -> seeds.add(of("keras/networks/", Subject.NETWORK, file)));
    files(images, ".h5").forEach(file -> seeds.add(of("images/", Subject.IMAGES, file)));
    files(pictures, ".png").forEach(file -> seeds.add(of("pictures/", Subject.PICTURE, file)));
    for (String kind : List.of("good", "bad")) {
      Stream.of(".png", ".jpg")
          .flatMap(ending -> files(pictures.resolve(kind), ending).stream())
          .forEach(file -> seeds.add(of("pictures/%s/".formatted(kind), Subject.FOLDER, file)));
    }
    return seeds;
  }

  private static List<Seed> ofFixtures() {
    List<Seed> seeds = new ArrayList<>();
    for (String folder : List.of("zoo/", "refused/", "models/")) {
      Path path = Fixtures.path(folder);
      Stream.of(".h5", ".keras")
          .flatMap(kind -> files(path, kind).stream())
          .filter(file -> !file.toString().contains("oracle"))
          .filter(file -> !file.toString().contains("_bd_weights"))
          .forEach(file -> seeds.add(of(folder, Subject.NETWORK, file)));
    }
    Path deepId = Fixtures.path("models/deepid.json");
    Path weights = Fixtures.path("models/lab3_bd_weights.h5");
    seeds.add(new Seed("models/lab3_bd_weights.h5", Subject.WEIGHTS, weights, deepId));
    files(Fixtures.path("data"), ".h5").stream()
        .filter(file -> file.toFile().length() <= LARGEST)
        .forEach(file -> seeds.add(of("data/", Subject.IMAGES, file)));
    seeds.add(of("triggers/", Subject.PICTURE, Fixtures.path("triggers/sunglasses.png")));
    return seeds;
  }

  private static Seed of(String folder, Subject subject, Path file) {
    return new Seed(folder + file.getFileName(), subject, file, file);
  }

  private static Path architecture() {
    return resource("/keras/small.json");
  }

  private static Path resource(String name) {
    try {
      return Path.of(Seed.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static List<Path> files(Path folder, String ending) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The seed of a name; the test is skipped where it is a fixture that is not there. */
  static Seed named(String name) {
    return named(ofResources(), name)
        .or(
            () -> {
              Fixtures.path("zoo");
              return named(all(), name);
            })
        .orElseThrow(() -> new AssertionError("no seed " + name));
  }

  private static Optional<Seed> named(List<Seed> seeds, String name) {
    return seeds.stream().filter(seed -> seed.name().equals(name)).findFirst();
  }

  /** The seed of a mutant: half of them are networks, and of each kind all files take turns. */
  static Seed ofMutant(List<Seed> seeds, int number) {
    Subject subject = TURNS.get(number % TURNS.size());
    int before = Collections.frequency(TURNS.subList(0, number % TURNS.size()), subject);
    int turn = number / TURNS.size() * Collections.frequency(TURNS, subject) + before;
    List<Seed> own = of(seeds, subject);
    return own.get(turn % own.size());
  }

  private static List<Seed> of(List<Seed> seeds, Subject subject) {
    return seeds.stream().filter(seed -> seed.subject() == subject).toList();
  }

  /** A mutant of this seed, perhaps with a part of another one. */
  byte[] mutant(List<Seed> seeds, int number) {
    List<Seed> own = of(seeds, subject == Subject.ARCHITECTURE ? Subject.NETWORK : subject);
    byte[] other = own.get(Math.floorMod(31 * number + 7, own.size())).bytes();
    boolean isWithin = subject == Subject.ARCHITECTURE && InsideZip.isZip(other);
    return Mutation.of(bytes(), isWithin ? InsideZip.content(other, "config.json") : other, number);
  }

  byte[] bytes() {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
