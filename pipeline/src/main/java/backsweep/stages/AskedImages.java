package backsweep.stages;

import backsweep.goodnet.Answer;
import backsweep.images.ImageSet;
import java.util.List;

/**
 * A few images of a set, and what a detector answers for them.
 *
 * @param set the set
 * @param images none where the set's stored blocks are gone, or not what was written
 */
public record AskedImages(ImageSet set, List<Asked> images) {

  /** Copies the list. */
  public AskedImages {
    images = List.copyOf(images);
  }

  /**
   * An image that a detector was asked about.
   *
   * @param image the image
   * @param answer of the detector, and of both networks that it is made of
   */
  public record Asked(PickedImage image, Answer answer) {}
}
