package backsweep.testing;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;

/**
 * A folder of small pictures that is made file by file.
 *
 * @param folder where it is
 * @param width of every picture
 * @param height of every picture
 */
public record PictureTree(Path folder, int width, int height) {

  /** The value that a picture has in a channel of a pixel. */
  public static int value(int seed, int row, int column, int channel) {
    return (37 * seed + 11 * row + 5 * column + 80 * channel) % 256;
  }

  /** Adds a PNG file in colour, whatever its name says. */
  public PictureTree png(String name, int seed) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int rgb = 0;
        for (int channel = 0; channel < 3; channel++) {
          rgb = (rgb << 8) | value(seed, row, column, channel);
        }
        picture.setRGB(column, row, rgb);
      }
    }
    return written(name, file -> ImageIO.write(picture, "png", file.toFile()));
  }

  /** Adds a text file. */
  public PictureTree text(String name, String text) {
    return written(name, file -> Files.writeString(file, text));
  }

  /** Adds a file of these bytes, in the place of one that is there. */
  public PictureTree bytes(String name, byte[] bytes) {
    return written(name, file -> Files.write(file, bytes));
  }

  /** Adds an empty subfolder. */
  public PictureTree folder(String name) {
    return written(name + "/x", Path::getParent);
  }

  /** Cuts the last bytes off a file. */
  public PictureTree cut(String name, int bytes) {
    return written(
        name,
        file -> {
          byte[] whole = Files.readAllBytes(file);
          return Files.write(file, Arrays.copyOf(whole, whole.length - bytes));
        });
  }

  private interface Writer {
    Object write(Path file) throws IOException;
  }

  private PictureTree written(String name, Writer writer) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      writer.write(file);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
