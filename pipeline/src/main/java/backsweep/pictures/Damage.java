package backsweep.pictures;

import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/** Takes a decoder's warnings seriously: behind each are pixels that it made up. */
final class Damage implements IIOReadWarningListener {

  private String first;

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    first = first == null ? warning : first;
  }

  /** Fails if there was a warning. */
  void check() {
    if (first != null) {
      throw new UnusablePictureException("is damaged: " + first);
    }
  }
}
