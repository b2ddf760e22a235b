package backsweep.stages;

import backsweep.images.ImageLayout;
import java.util.Optional;

/**
 * What is classified, by what, and where the answers go.
 *
 * @param goodNet the folder of the detector
 * @param images an HDF5 file, a picture, or a folder of pictures
 * @param layout of HDF5 files; empty: the one that fits
 * @param isResized whether pictures of other sizes are scaled
 * @param output the folder that is made; empty: none
 * @param work how it is done
 */
public record ClassifyRequest(
    String goodNet,
    String images,
    Optional<ImageLayout> layout,
    boolean isResized,
    Optional<String> output,
    Work work) {

  /**
   * How it is done.
   *
   * @param partitions of the work; 0 for as many as fit the cores and the images
   * @param hasAllScores whether the answers have the scores of all classes
   */
  public record Work(int partitions, boolean hasAllScores) {}
}
