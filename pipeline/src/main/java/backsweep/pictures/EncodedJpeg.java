package backsweep.pictures;

import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * A JPEG file: grey or colour of 8 bits, baseline or progressive. Parts that do not make up the
 * pixels are left out, the orientation that a camera noted too: pixels are taken as they are
 * stored.
 */
final class EncodedJpeg implements EncodedPicture {

  private static final int MARKER = 0xff;
  private static final int START = 0xd8;
  private static final int END = 0xd9;
  private static final int SCAN = 0xda;
  private static final int FIRST_RESTART = 0xd0;
  private static final int LAST_RESTART = 0xd7;
  private static final int FIRST_FRAME = 0xc0;
  private static final int LAST_SUPPORTED_FRAME = 0xc2;
  private static final int LAST_FRAME = 0xcf;
  private static final int TABLES = 0xc4;
  private static final int ADOBE = 0xee;
  private static final int JFIF = 0xe0;
  private static final int FIRST_APPLICATION = 0xe0;
  private static final int LAST_APPLICATION = 0xef;
  private static final int COMMENT = 0xfe;

  /** A picture that builds up has about ten; each is a pass over all pixels. */
  private static final int MOST_SCANS = 100;

  /** A picture of 24 million pixels in 11 scans; more than a second's work. */
  private static final long MOST_SCANNED = 1L << 28;

  private final byte[] file;
  private final ByteArrayOutputStream pixels = new ByteArrayOutputStream();
  private PictureHeader header;
  private JpegColours colours = JpegColours.UNSAID;
  private int scans;

  EncodedJpeg(byte[] file) {
    this.file = file;
    pixels.write(file, 0, 2);
    int position = 2;
    while (position >= 0) {
      position = readSegment(position);
    }
    if (header == null || scans == 0) {
      throw damaged("expected pixels, found none");
    }
  }

  static boolean isJpeg(byte[] file) {
    return file.length > 2
        && (file[0] & 0xff) == MARKER
        && (file[1] & 0xff) == START
        && (file[2] & 0xff) == MARKER;
  }

  @Override
  public PictureHeader header() {
    return header;
  }

  /** Reads what begins at a position; where the next part begins, -1 behind the last. */
  private int readSegment(int start) {
    if (at(start) != MARKER) {
      throw damaged("expected a part at byte %d".formatted(start));
    }
    int position = start + 1;
    while (at(position) == MARKER) {
      position++;
    }
    int marker = at(position);
    if (marker == END) {
      pixels.write(file, position - 1, 2);
      return -1;
    }
    int length = at(position + 1) << 8 | at(position + 2);
    int end = position + 1 + length;
    if (marker < FIRST_FRAME || isRestart(marker) || marker == START || length < 2) {
      throw damaged("expected a part at byte %d".formatted(start));
    }
    at(end - 1);
    read(marker, position + 3, end);
    if (marker == SCAN) {
      end = scanEnd(end);
    }
    if (marker != COMMENT && !(marker >= FIRST_APPLICATION && marker <= LAST_APPLICATION)) {
      pixels.write(file, position - 1, end - position + 1);
    }
    return end;
  }

  private void read(int marker, int first, int end) {
    byte[] content = Arrays.copyOfRange(file, first, end);
    if (marker == JFIF && scans == 0) {
      colours = colours.jfif(content);
    } else if (marker == ADOBE && scans == 0) {
      colours = colours.adobe(content);
    } else if (marker == SCAN) {
      countScan();
    } else if (isFrame(marker)) {
      readFrame(marker, content);
    }
  }

  /** All kinds of frames, and arithmetic coding. */
  private static boolean isFrame(int marker) {
    return marker >= FIRST_FRAME && marker <= LAST_FRAME && marker != TABLES;
  }

  private void countScan() {
    scans++;
    if (header == null) {
      throw damaged("expected a header before the pixels");
    }
    if (scans > MOST_SCANS) {
      throw new UnusablePictureException(
          "expected a picture of at most %d scans, found more".formatted(MOST_SCANS));
    }
    if (scans > 1 && (double) scans * header.width() * header.height() > MOST_SCANNED) {
      throw new UnusablePictureException(
          "expected at most %,d pixels in all scans together, found more in %d of %d x %d"
              .formatted(MOST_SCANNED, scans, header.width(), header.height()));
    }
  }

  private void readFrame(int marker, byte[] content) {
    if (marker > LAST_SUPPORTED_FRAME) {
      throw new UnusablePictureException(
          "expected a baseline or progressive JPEG picture, found another kind (marker ff%02x)"
              .formatted(marker));
    }
    if (header != null || content.length < 6 || content.length != 6 + 3 * content[5]) {
      throw damaged("expected one header, whole");
    }
    if (content[0] != Byte.SIZE) {
      throw new UnusablePictureException(
          "expected a picture of 8 bits a channel, found " + content[0]);
    }
    int channels = content[5];
    if (channels != 1 && channels != 3) {
      throw new UnusablePictureException(
          "expected a picture of 1 or 3 channels, found %d%s"
              .formatted(channels, channels == 4 ? " (CMYK)" : ""));
    }
    header = new PictureHeader(uint16(content, 3), uint16(content, 1), channels);
    colours = colours.components(content);
  }

  private static int uint16(byte[] bytes, int at) {
    return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
  }

  /** Where the first part behind the coded pixels begins. */
  private int scanEnd(int first) {
    int position = first;
    while (at(position) != MARKER || isCoded(at(position + 1))) {
      position++;
    }
    return position;
  }

  /** Whether what follows a marker's first byte belongs to the coded pixels. */
  private static boolean isCoded(int next) {
    return next == 0 || isRestart(next);
  }

  private static boolean isRestart(int marker) {
    return marker >= FIRST_RESTART && marker <= LAST_RESTART;
  }

  private int at(int position) {
    if (position >= file.length) {
      throw new UnusablePictureException(
          "is truncated: a part ends behind the last of %d bytes".formatted(file.length));
    }
    return file[position] & 0xff;
  }

  private static UnusablePictureException damaged(String problem) {
    return new UnusablePictureException("is a damaged JPEG picture: " + problem);
  }

  @Override
  public DecodedPicture decode() {
    Raster raster =
        JdkReader.read("jpeg", pixels.toByteArray(), reader -> reader.readRaster(0, null));
    int[] values = raster.getPixels(0, 0, raster.getWidth(), raster.getHeight(), (int[]) null);
    byte[] samples = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      samples[i] = (byte) values[i];
    }
    if (header.channels() == 3) {
      colours.toRgb(samples);
    }
    return new DecodedPicture(header, samples);
  }
}
