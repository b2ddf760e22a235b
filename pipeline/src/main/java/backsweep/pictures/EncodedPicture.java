package backsweep.pictures;

/** The bytes of a picture's file, whose header and parts have been looked at. */
sealed interface EncodedPicture permits EncodedPng, EncodedJpeg {

  /**
   * A picture in a file.
   *
   * @throws UnusablePictureException if it is none, of a kind that is not supported, or damaged
   */
  static EncodedPicture of(byte[] file) {
    if (EncodedPng.isPng(file)) {
      return EncodedPng.opaque(file);
    }
    if (EncodedJpeg.isJpeg(file)) {
      return new EncodedJpeg(file);
    }
    throw new UnusablePictureException(
        "expected a PNG or JPEG picture, found "
            + (file.length == 0 ? "an empty file" : "something else"));
  }

  /** What it says about itself. */
  PictureHeader header();

  /**
   * The samples; memory is taken only now.
   *
   * @throws UnusablePictureException if it is damaged or not opaque
   */
  DecodedPicture decode();
}
