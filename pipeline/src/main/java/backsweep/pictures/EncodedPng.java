package backsweep.pictures;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * A PNG file: grey, colour or palette of up to 8 bits, opaque. Opacity is dropped where every pixel
 * is opaque. Parts that do not make up the pixels are left out.
 */
final class EncodedPng implements EncodedPicture {

  private static final long SIGNATURE = 0x89504e470d0a1a0aL;
  private static final int HEADER = Long.BYTES;
  private static final int HEADER_LENGTH = 13;
  private static final int WIDTH = 16;
  private static final int HEIGHT = 20;
  private static final int BITS = 24;
  private static final int COLOUR_TYPE = 25;
  private static final int HEADER_END = 33;
  private static final int CHUNK_FRAME = 12;
  private static final int CHECKSUM = 4;
  private static final int GREY = 0;
  private static final int PALETTE = 3;
  private static final int OPAQUE = 255;
  private static final int CRITICAL = 0x20;

  private static final Map<Integer, Integer> CHANNELS =
      Map.of(GREY, 1, 2, 3, PALETTE, 3, 4, 1, 6, 3);

  private static final Set<String> PIXELS = Set.of("IHDR", "PLTE", "IDAT", "IEND");

  private final byte[] file;
  private final ByteBuffer bytes;
  private final PictureHeader header;
  private final ByteArrayOutputStream pixels = new ByteArrayOutputStream();

  EncodedPng(byte[] file) {
    this.file = file;
    this.bytes = ByteBuffer.wrap(file);
    this.header = readHeader();
    readChunks();
  }

  static boolean isPng(byte[] file) {
    return file.length >= Long.BYTES && ByteBuffer.wrap(file).getLong() == SIGNATURE;
  }

  @Override
  public PictureHeader header() {
    return header;
  }

  private PictureHeader readHeader() {
    if (file.length < HEADER_END
        || !type(HEADER).equals("IHDR")
        || bytes.getInt(HEADER) != HEADER_LENGTH) {
      throw new UnusablePictureException("is a damaged PNG picture: expected a header first");
    }
    int bits = file[BITS];
    int colourType = file[COLOUR_TYPE];
    if (!CHANNELS.containsKey(colourType)) {
      throw new UnusablePictureException(
          "is a damaged PNG picture: found colour type %d".formatted(colourType));
    }
    if (bits < 1 || bits > Byte.SIZE) {
      throw new UnusablePictureException(
          "expected a picture of at most 8 bits a channel, found %d".formatted(bits));
    }
    return new PictureHeader(bytes.getInt(WIDTH), bytes.getInt(HEIGHT), CHANNELS.get(colourType));
  }

  private String type(int chunk) {
    return new String(file, chunk + Integer.BYTES, 4, StandardCharsets.US_ASCII);
  }

  /** Every chunk lies within the file; those that make up the pixels are whole, and kept. */
  private void readChunks() {
    pixels.write(file, 0, HEADER);
    int chunk = HEADER;
    String type = "";
    while (!type.equals("IEND")) {
      long left = (long) file.length - chunk - CHUNK_FRAME;
      if (left < 0 || bytes.getInt(chunk) < 0 || bytes.getInt(chunk) > left) {
        throw new UnusablePictureException(
            "is truncated: a part begins at byte %d and ends outside".formatted(chunk));
      }
      type = type(chunk);
      int length = CHUNK_FRAME + bytes.getInt(chunk);
      if (PIXELS.contains(type)) {
        checkChecksum(chunk, length);
        pixels.write(file, chunk, length);
      } else {
        checkOther(type, chunk);
      }
      chunk += length;
    }
  }

  private void checkChecksum(int chunk, int length) {
    CRC32 checksum = new CRC32();
    checksum.update(file, chunk + Integer.BYTES, length - Integer.BYTES - CHECKSUM);
    if ((int) checksum.getValue() != bytes.getInt(chunk + length - CHECKSUM)) {
      throw new UnusablePictureException(
          "is damaged: the part %s at byte %d has another checksum than it says"
              .formatted(type(chunk), chunk));
    }
  }

  private void checkOther(String type, int chunk) {
    switch (type) {
      case "tRNS" -> checkTransparency(chunk);
      case "acTL" -> throw new UnusablePictureException("expected one picture, found an animation");
      default -> {
        if ((type.charAt(0) & CRITICAL) == 0) {
          throw new UnusablePictureException(
              "expected a PNG picture of known parts, found one at byte %d that must not be left out"
                  .formatted(chunk));
        }
      }
    }
  }

  private void checkTransparency(int chunk) {
    if (file[COLOUR_TYPE] != PALETTE) {
      throw new UnusablePictureException("expected an opaque picture, found a transparent colour");
    }
    int first = chunk + CHUNK_FRAME - CHECKSUM;
    for (int i = 0; i < bytes.getInt(chunk); i++) {
      if ((file[first + i] & 0xff) != OPAQUE) {
        throw new UnusablePictureException(
            "expected an opaque picture, found the opacity %d of 255 of colour %d"
                .formatted(file[first + i] & 0xff, i));
      }
    }
  }

  @Override
  public DecodedPicture decode() {
    BufferedImage image = JdkReader.read("png", pixels.toByteArray(), reader -> reader.read(0));
    boolean isPalette = file[COLOUR_TYPE] == PALETTE;
    return new DecodedPicture(header, isPalette ? colours(image) : samples(image.getRaster()));
  }

  private static byte[] colours(BufferedImage image) {
    if (!(image.getColorModel() instanceof IndexColorModel)) {
      throw new UnusablePictureException("is damaged: expected a palette");
    }
    int width = image.getWidth();
    byte[] samples = new byte[width * image.getHeight() * 3];
    for (int i = 0; i < width * image.getHeight(); i++) {
      int rgb = image.getRGB(i % width, i / width);
      samples[3 * i] = (byte) (rgb >>> 16);
      samples[3 * i + 1] = (byte) (rgb >>> 8);
      samples[3 * i + 2] = (byte) rgb;
    }
    return samples;
  }

  /** Samples, not colours: those of a grey picture would be converted from another colour space. */
  private byte[] samples(Raster raster) {
    int channels = header.channels();
    int bands = raster.getNumBands();
    int scale = OPAQUE / ((1 << file[BITS]) - 1);
    byte[] samples = new byte[raster.getWidth() * raster.getHeight() * channels];
    int[] row = new int[raster.getWidth() * bands];
    int next = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, raster.getWidth(), 1, row);
      for (int x = 0; x < raster.getWidth(); x++) {
        for (int channel = 0; channel < channels; channel++) {
          samples[next++] = (byte) (scale * row[x * bands + channel]);
        }
        if (bands > channels && row[x * bands + channels] != OPAQUE) {
          throw new UnusablePictureException(
              "expected an opaque picture, found the opacity %d of 255 at row %d, column %d"
                  .formatted(row[x * bands + channels], y, x));
        }
      }
    }
    return samples;
  }
}
