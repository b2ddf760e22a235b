package backsweep.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Many small networks and images for them, made in seconds: one that is trained, and copies of it
 * that differ in their first layers and in how much they like the first class.
 *
 * @param folder with {@code networks/*.h5} and the images
 */
record SmallNetworks(Path folder) {

  private static final String SHIFT = "model_weights/norm_1/norm_1/beta:0";
  private static final String BIAS = "model_weights/output/output/bias:0";
  private static final float MOST_LIKED = 4;

  /**
   * Makes them.
   *
   * @param blocks of clean validation images; the other sets have a quarter of them
   */
  static SmallNetworks in(Path folder, int networks, int blocks) {
    Path training = TrainingCall.images(folder.resolve("training.h5"), 1, 1);
    List<String> train = new TrainingCall(training).into(folder, "trained");
    assertThat(Outcome.of(train.toArray(String[]::new)).code()).isZero();
    Edited.folder(folder.resolve("networks"));
    for (int i = 0; i < networks; i++) {
      float share = (float) i / networks;
      Path copy = folder.resolve("networks/n%03d.h5".formatted(i));
      Edited.revalued(folder.resolve("trained.h5"), SHIFT, new float[] {share}, copy);
      Edited.revalued(copy, BIAS, new float[] {MOST_LIKED * share}, copy);
    }
    TrainingCall.images(folder.resolve("validation.h5"), blocks, 2);
    Path test = TrainingCall.images(folder.resolve("test.h5"), blocks / 4, 3);
    Outcome poison =
        Outcome.of(
            "poison",
            "--images=" + test,
            "--trigger=kind=pattern,size=3,values=255",
            "--target=0",
            "--output=" + folder.resolve("poisoned.h5"));
    assertThat(poison.code()).isZero();
    return new SmallNetworks(folder);
  }

  /** What a person would type behind the program's name to sweep them. */
  List<String> sweep(Path output, int networksPerBatch, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "sweep",
                "--network=" + folder.resolve("networks/*.h5"),
                "--clean-validation=" + folder.resolve("validation.h5"),
                "--clean-test=" + folder.resolve("test.h5"),
                "--poisoned=square=" + folder.resolve("poisoned.h5"),
                "--drop-percent=10",
                "--verify=full",
                "--networks-per-batch=" + networksPerBatch,
                "--progress=none",
                "--output=" + output));
    arguments.addAll(Arrays.asList(more));
    return arguments;
  }
}
