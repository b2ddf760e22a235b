package backsweep.pictures;

/**
 * What a picture says about itself.
 *
 * @param width columns
 * @param height rows
 * @param channels 1 for grey, 3 for colour, opacity not counted
 */
record PictureHeader(int width, int height, int channels) {

  /** Checks that there are pixels; a negative length is one that no picture has. */
  PictureHeader {
    if (width < 1 || height < 1) {
      throw new UnusablePictureException(
          "expected a picture of at least 1 x 1 pixels, found %s x %s (width x height)"
              .formatted(Integer.toUnsignedString(width), Integer.toUnsignedString(height)));
    }
  }
}
