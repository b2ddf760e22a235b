package backsweep.pictures;

import backsweep.images.ImageFileException;
import backsweep.images.ImageShape;
import backsweep.images.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a picture that is put into images: a PNG file of a stranger, with its opacity. */
public final class PngFile {

  private PngFile() {}

  /**
   * Reads a PNG file of up to 8 bits a channel: grey, colour or palette, with or without opacity.
   *
   * @throws ImageFileException if it is missing, not such a file, damaged, or larger than any image
   *     can be; its size is looked at before memory is taken
   */
  public static Picture read(Path file) {
    try {
      EncodedPng png = EncodedPng.withOpacity(bytes(file));
      checkPixels(png.header());
      return png.picture();
    } catch (UnusablePictureException e) {
      throw new ImageFileException(file, e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw new ImageFileException(file, "expected a PNG picture, found no such file", e);
    } catch (IOException e) {
      throw new ImageFileException(file, "cannot be read: " + e.getMessage(), e);
    }
  }

  private static byte[] bytes(Path file) throws IOException {
    long size = Files.size(file);
    if (size > PictureFit.MOST_BYTES) {
      throw new UnusablePictureException(
          "expected a PNG picture of at most %d bytes, found %d"
              .formatted(PictureFit.MOST_BYTES, size));
    }
    byte[] bytes = Files.readAllBytes(file);
    if (!EncodedPng.isPng(bytes)) {
      throw new UnusablePictureException("expected a PNG picture, found something else");
    }
    return bytes;
  }

  private static void checkPixels(PictureHeader header) {
    if ((long) header.width() * header.height() > ImageShape.MOST_VALUES) {
      throw new UnusablePictureException(
          "expected a picture of 1 to %d pixels, found %d x %d"
              .formatted(ImageShape.MOST_VALUES, header.width(), header.height()));
    }
  }
}
