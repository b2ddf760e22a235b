package backsweep.hostile;

import backsweep.testing.Fixtures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
          Subject.NETWORK,
          Subject.ARCHITECTURE,
          Subject.IMAGES,
          Subject.NETWORK,
          Subject.IMAGES,
          Subject.PICTURE);

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
    files(images, ".h5").forEach(file -> seeds.add(of("images/", Subject.IMAGES, file)));
    files(pictures, ".png").forEach(file -> seeds.add(of("pictures/", Subject.PICTURE, file)));
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
    Fixtures.path("zoo");
    return all().stream().filter(seed -> seed.name().equals(name)).findFirst().orElseThrow();
  }

  /** The seed of a mutant: half of them are networks, and of each kind all files take turns. */
  static Seed ofMutant(List<Seed> seeds, int number) {
    Subject subject = TURNS.get(number % TURNS.size());
    List<Seed> own = seeds.stream().filter(seed -> seed.subject() == subject).toList();
    return own.isEmpty()
        ? seeds.get(number % seeds.size())
        : own.get(number / TURNS.size() % own.size());
  }

  /** A mutant of this seed, perhaps with a part of another one. */
  byte[] mutant(List<Seed> seeds, int number) {
    List<Seed> own = seeds.stream().filter(seed -> seed.subject() == subject).toList();
    Seed other = own.get(Math.floorMod(31 * number + 7, own.size()));
    return Mutation.of(bytes(), other.bytes(), number);
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
