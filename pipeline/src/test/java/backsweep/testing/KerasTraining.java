package backsweep.testing;

import backsweep.network.Shape;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.Group;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What {@code train_in_keras.py} found for a model: losses, gradients and trained weights.
 *
 * @param file what the script wrote
 */
public record KerasTraining(Path file) {

  /**
   * Lets Keras look at a model.
   *
   * @param model the model
   * @param images images and labels, as {@link #writeImages} writes them
   * @param options those of the script
   */
  public static KerasTraining of(RealKeras keras, Path model, Path images, List<String> options)
      throws IOException, InterruptedException {
    Path found = Files.createTempFile(keras.folder(), "training", ".h5");
    List<String> arguments =
        new ArrayList<>(List.of(model.toString(), images.toString(), found.toString()));
    arguments.addAll(options);
    keras.run("train_in_keras.py", arguments);
    return new KerasTraining(found);
  }

  /** The loss of every batch before its step. */
  public float[] losses() {
    return HdfValues.read(file, "loss").values();
  }

  /** The gradient of the first batch's loss, row-major. */
  public float[] gradient(String layer, String variable) {
    return HdfValues.read(file, "gradients/" + layer + "/" + variable).values();
  }

  /** A variable after the last step, row-major. */
  public float[] weight(String layer, String variable) {
    return HdfValues.read(file, "weights/" + layer + "/" + variable).values();
  }

  /** The trainable variables, each as {@code layer/variable}. */
  public List<String> trainable() {
    List<String> names = new ArrayList<>();
    try (HdfFile hdf = new HdfFile(file)) {
      Group layers = (Group) hdf.getByPath("gradients");
      layers
          .getChildren()
          .forEach(
              (layer, variables) ->
                  ((Group) variables)
                      .getChildren()
                      .keySet()
                      .forEach(variable -> names.add(layer + "/" + variable)));
    }
    return names;
  }

  /** Writes images, given with their channels last, and labels in the labs' layout. */
  public static void writeImages(Path file, Pixels images, Shape image, int... labels) {
    int positions = image.positions();
    int channels = image.channels();
    float[][][][] data =
        new float[images.images()][channels][image.dimension(0)][image.dimension(1)];
    for (int i = 0; i < images.values().length; i++) {
      int position = i / channels % positions;
      int row = position / image.dimension(1);
      int column = position % image.dimension(1);
      data[i / channels / positions][i % channels][row][column] = images.values()[i];
    }
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putDataset("data", data);
      hdf.putDataset("label", labels);
    }
  }

  /** Writes batches, each the places of its images. */
  public static Path writeBatches(Path file, List<int[]> batches) throws IOException {
    return Files.write(
        file,
        batches.stream()
            .map(b -> Arrays.stream(b).mapToObj(String::valueOf).collect(Collectors.joining(" ")))
            .toList());
  }
}
