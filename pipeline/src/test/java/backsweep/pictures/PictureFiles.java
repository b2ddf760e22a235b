package backsweep.pictures;

import backsweep.images.ImageShape;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** The small pictures that {@code make_class_pictures.py} makes. */
final class PictureFiles {

  /** The shape of those in colour. */
  static final ImageShape COLOUR = new ImageShape(13, 19, 3);

  /** The shape of grey ones. */
  static final ImageShape GREY = new ImageShape(13, 19, 1);

  private PictureFiles() {}

  /** A file, such as {@code good/rgb.png}. */
  static Path path(String name) {
    return Path.of(URI.create(PictureFiles.class.getResource("/pictures/" + name).toString()));
  }

  /** Its bytes. */
  static byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(path(name));
  }
}
