package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Calls of {@code sweep} on two networks that are trained in seconds.
 *
 * @param folder with {@code zoo/one.h5} and {@code zoo/two.h5}, and their images
 */
record SweepCall(Path folder) {

  /** Trains the networks, and poisons images. */
  static SweepCall withNetworks(Path folder) {
    Path images = folder.resolve("images.h5");
    List<String> train = TrainingCall.withImages(images).into(folder.resolve("zoo"), "one", "two");
    assertThat(Outcome.of(train.toArray(String[]::new)).code()).isZero();
    Outcome poison =
        Outcome.of(
            "poison",
            "--images=" + images,
            "--trigger=kind=pattern,size=3,values=255",
            "--target=0",
            "--output=" + folder.resolve("square.h5"));
    assertThat(poison.code()).isZero();
    return new SweepCall(folder);
  }

  /** One of the files. */
  Path file(String name) {
    return folder.resolve(name);
  }

  /** Sweeps into an output, with some more options. */
  Outcome into(Path output, Object... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "sweep",
                "--clean-validation=" + file("images.h5"),
                "--clean-test=" + file("images.h5"),
                "--poisoned=square=" + file("square.h5"),
                "--drop-percent=2,20",
                "--output=" + output));
    Arrays.stream(more).map(Object::toString).forEach(arguments::add);
    return Outcome.of(arguments.toArray(String[]::new));
  }
}
