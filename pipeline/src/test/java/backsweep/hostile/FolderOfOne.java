package backsweep.hostile;

import backsweep.images.FileHash;
import backsweep.images.ImageBlock;
import backsweep.images.ImageShape;
import backsweep.pictures.FolderImages;
import backsweep.pictures.PictureFile;
import backsweep.pictures.PictureFit;
import backsweep.pictures.PictureFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder of one picture, as a network takes it. Pictures of other sizes are scaled, so that no
 * size is refused that is not too large.
 */
final class FolderOfOne {

  private static final int HEIGHT = 13;
  private static final int WIDTH = 19;

  private FolderOfOne() {}

  /** Reads a picture as an image of so many channels. */
  static void read(Path file, int channels) {
    byte[] bytes = bytes(file);
    PictureFit fit = new PictureFit(new ImageShape(HEIGHT, WIDTH, channels), true);
    PictureFile picture = new PictureFile(file.getFileName().toString(), 0, PictureFile.UNKNOWN);
    PictureFolder folder =
        new PictureFolder(List.of(picture), List.of(FileHash.sha256(bytes)), fit);
    String path = file.toAbsolutePath().getParent().toString();
    try (FolderImages images = new FolderImages(path, folder, name -> bytes)) {
      ImageBlock block = images.block(0);
      if (block.images() != 1 || !block.shape().equals(fit.shape())) {
        throw new AssertionError(block.toString());
      }
      checkRange(block);
    }
  }

  private static void checkRange(ImageBlock block) {
    FloatBuffer pixels = FloatBuffer.allocate(block.shape().values());
    block.copyPixels(pixels);
    for (float value : pixels.array()) {
      if (!(value >= 0 && value <= 255)) {
        throw new AssertionError("expected values from 0 to 255, found " + value);
      }
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
