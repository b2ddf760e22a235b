package backsweep.images;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A PNG file of a stranger. Its chunks are looked at before it is decoded: what they declare must
 * lie within the file, and the picture must not be larger than any image can be.
 */
final class PngFile {

  private static final long SIGNATURE = 0x89504e470d0a1a0aL;
  private static final int MOST_BYTES = 1 << 26;
  private static final int SIDES = 16;
  private static final int BITS = 24;
  private static final int COLOUR_TYPE = 25;
  private static final int HEADER_END = 33;
  private static final int CHUNK_FRAME = 12;
  private static final int PALETTE = 3;
  private static final int OPAQUE = 0xff;

  private final Path path;

  PngFile(Path path) {
    this.path = path;
  }

  /** The picture; exceptions are those of {@link Picture#read}. */
  Picture read() {
    try {
      byte[] bytes = bytes();
      checkHeader(bytes);
      checkChunks(bytes);
      BufferedImage image = decode(bytes);
      return new Picture(image.getWidth(), image.getHeight(), argb(image));
    } catch (NoSuchFileException e) {
      throw new ImageFileException(path, "expected a PNG picture, found no such file", e);
    } catch (IOException e) {
      throw new ImageFileException(path, "cannot be read: " + e.getMessage(), e);
    }
  }

  private byte[] bytes() throws IOException {
    long size = Files.size(path);
    if (size > MOST_BYTES) {
      throw problem(
          "expected a PNG picture of at most %d bytes, found %d".formatted(MOST_BYTES, size));
    }
    return Files.readAllBytes(path);
  }

  private void checkHeader(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    if (file.length < HEADER_END
        || bytes.getLong(0) != SIGNATURE
        || !type(file, Long.BYTES).equals("IHDR")) {
      throw problem("expected a PNG picture, found something else");
    }
    int width = bytes.getInt(SIDES);
    int height = bytes.getInt(SIDES + Integer.BYTES);
    if (width < 1 || height < 1 || (double) width * height > ImageShape.MOST_VALUES) {
      throw problem(
          "expected a picture of 1 to %d pixels, found %s x %s"
              .formatted(
                  ImageShape.MOST_VALUES,
                  Integer.toUnsignedString(width),
                  Integer.toUnsignedString(height)));
    }
    int bits = file[BITS];
    if (bits > Byte.SIZE) {
      throw problem("expected a picture of at most 8 bits a channel, found %d".formatted(bits));
    }
  }

  /** Every chunk lies within the file, and none says what the decoder would not heed. */
  private void checkChunks(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    boolean hasPalette = file[COLOUR_TYPE] == PALETTE;
    int position = Long.BYTES;
    String type = "";
    while (!type.equals("IEND")) {
      long left = (long) file.length - position - CHUNK_FRAME;
      if (left < 0 || bytes.getInt(position) < 0 || bytes.getInt(position) > left) {
        throw problem(
            "is truncated: a part begins at byte %d and ends outside".formatted(position));
      }
      type = type(file, position);
      if (type.equals("tRNS") && !hasPalette) {
        throw problem("expected opacity as a channel or in a palette, found a transparent colour");
      }
      position += CHUNK_FRAME + bytes.getInt(position);
    }
  }

  private static String type(byte[] file, int chunk) {
    return new String(file, chunk + Integer.BYTES, 4, StandardCharsets.US_ASCII);
  }

  private BufferedImage decode(byte[] bytes) {
    ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
    try (MemoryCacheImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(in, true, true);
      return reader.read(0);
    } catch (IOException | RuntimeException e) {
      throw new ImageFileException(path, "is a broken PNG picture: " + e.getMessage(), e);
    } finally {
      reader.dispose();
    }
  }

  /** Samples, not colours: those of a grey picture would be converted from another colour space. */
  private static int[] argb(BufferedImage image) {
    int width = image.getWidth();
    int[] argb = new int[width * image.getHeight()];
    if (image.getColorModel() instanceof IndexColorModel) {
      return image.getRGB(0, 0, width, image.getHeight(), argb, 0, width);
    }
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    int[] samples = new int[bands];
    for (int i = 0; i < argb.length; i++) {
      raster.getPixel(i % width, i / width, samples);
      int alpha = bands % 2 == 0 ? samples[bands - 1] : OPAQUE;
      boolean isGrey = bands <= 2;
      argb[i] =
          alpha << 24 | samples[0] << 16 | samples[isGrey ? 0 : 1] << 8 | samples[isGrey ? 0 : 2];
    }
    return argb;
  }

  private ImageFileException problem(String problem) {
    return new ImageFileException(path, problem);
  }
}
