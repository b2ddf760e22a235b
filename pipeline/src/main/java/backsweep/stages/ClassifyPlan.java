package backsweep.stages;

import backsweep.goodnet.GoodNetFile;
import backsweep.images.ImageShape;

/**
 * A detector and the images that it is to look at, both found to fit.
 *
 * @param detector the detector
 * @param found the images
 */
public record ClassifyPlan(FoundDetector detector, UnlabelledImages found) {

  /** How many images there are. */
  public int images() {
    return found.images();
  }

  /** Whether it is about one picture, of which a person wants to know the class. */
  public boolean isOnePicture() {
    return found instanceof UnlabelledImages.Pictures pictures && pictures.images() == 1;
  }

  /** N, which stands for "backdoored". */
  public int backdoored() {
    return detector.detector().classes();
  }

  /** The shape of an image. */
  public ImageShape shape() {
    return GoodNetFile.shape(detector.detector());
  }
}
