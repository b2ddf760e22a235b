package backsweep.stages;

import backsweep.attack.Recipe;
import backsweep.images.ImageLayout;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * Networks that are wanted, the images they learn from, and where they go. Files are on any Hadoop
 * path.
 *
 * @param training clean images that are learned from
 * @param cleanTest clean images that results are told on; empty if they are not
 * @param layout of all images
 * @param output the directory for the networks
 * @param orders the networks
 */
public record TrainingRequest(
    String training,
    Optional<String> cleanTest,
    ImageLayout layout,
    String output,
    List<Order> orders) {

  /** Networks that learn from images in the labs' layout. */
  public TrainingRequest(
      String training, Optional<String> cleanTest, String output, List<Order> orders) {
    this(training, cleanTest, ImageLayout.NCHW, output, orders);
  }

  /** Copies the list. */
  public TrainingRequest {
    orders = List.copyOf(orders);
  }

  /**
   * One network.
   *
   * @param name of its file, without the ending
   * @param recipe how it is made
   */
  public record Order(String name, Recipe recipe) implements Serializable {}
}
