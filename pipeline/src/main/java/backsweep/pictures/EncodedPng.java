package backsweep.pictures;

import backsweep.images.Picture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * A PNG file: grey, colour or palette of up to 8 bits, with its opacity or opaque: then opacity is
 * dropped where every pixel is opaque. Parts that do not make up the pixels are left out.
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

  private static final String OPACITY = "tRNS";
  private static final Set<String> PIXELS = Set.of("IHDR", "PLTE", "IDAT", "IEND");

  private final byte[] file;
  private final boolean hasOpacity;
  private final ByteBuffer bytes;
  private final PictureHeader header;
  private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

  private EncodedPng(byte[] file, boolean hasOpacity) {
    this.file = file;
    this.hasOpacity = hasOpacity;
    this.bytes = ByteBuffer.wrap(file);
    this.header = readHeader();
    readChunks();
  }

  /**
   * A picture that must be opaque.
   *
   * @throws UnusablePictureException if it is of a kind that is not supported, or damaged
   */
  static EncodedPng opaque(byte[] file) {
    return new EncodedPng(file, false);
  }

  /**
   * A picture with an opacity for each pixel, as a channel or in a palette.
   *
   * @throws UnusablePictureException if it is of a kind that is not supported, or damaged
   */
  static EncodedPng withOpacity(byte[] file) {
    return new EncodedPng(file, true);
  }

  /** Whether a file begins as PNG files do. */
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
    parts.write(file, 0, HEADER);
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
      if (PIXELS.contains(type) || (hasOpacity && isPaletteOpacity(type))) {
        checkChecksum(chunk, length);
        parts.write(file, chunk, length);
      } else {
        checkOther(type, chunk);
      }
      chunk += length;
    }
  }

  private boolean isPaletteOpacity(String type) {
    return type.equals(OPACITY) && file[COLOUR_TYPE] == PALETTE;
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
      case OPACITY -> checkTransparency(chunk);
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
      throw new UnusablePictureException(
          "expected %s, found a transparent colour"
              .formatted(
                  hasOpacity ? "opacity as a channel or in a palette" : "an opaque picture"));
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
    return new DecodedPicture(header, pixels().opaque());
  }

  /**
   * The picture with its opacity; memory is taken only now.
   *
   * @throws UnusablePictureException if it is damaged
   */
  Picture picture() {
    return new Picture(header.width(), header.height(), pixels().argb());
  }

  private PngPixels pixels() {
    BufferedImage image = JdkReader.read("png", parts.toByteArray(), reader -> reader.read(0));
    return file[COLOUR_TYPE] == PALETTE
        ? PngPixels.ofPalette(image)
        : PngPixels.ofSamples(image.getRaster(), header.channels(), file[BITS]);
  }
}
