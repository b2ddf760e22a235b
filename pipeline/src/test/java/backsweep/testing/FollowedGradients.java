package backsweep.testing;

import backsweep.network.Network;
import backsweep.network.Shape;
import backsweep.writing.KerasWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code follow_gradients.py} found for a convolution of a model.
 *
 * @param file what the script wrote
 */
public record FollowedGradients(Path file) {

  /**
   * Lets Keras follow the gradients of a network.
   *
   * @param convolution the layer
   * @param labels of the images
   * @param options those of the script
   */
  public static FollowedGradients of(
      RealKeras keras,
      Network network,
      String convolution,
      Pixels images,
      int[] labels,
      List<String> options)
      throws IOException, InterruptedException {
    Shape image = network.graph().inputShape();
    Path folder = Files.createTempDirectory(keras.folder(), "followed");
    Path model = folder.resolve("model.h5");
    Path data = folder.resolve("images.h5");
    Path found = folder.resolve("found.h5");
    KerasWriter.write(network, model);
    KerasTraining.writeImages(data, images, image, labels);
    List<String> arguments =
        new ArrayList<>(List.of(model.toString(), data.toString(), found.toString(), convolution));
    arguments.addAll(options);
    keras.run("follow_gradients.py", arguments);
    return new FollowedGradients(found);
  }

  /** The values of a name that the script gives, {@code (channel)} or one alone. */
  public float[] values(String name) {
    return HdfValues.read(file, name).values();
  }
}
