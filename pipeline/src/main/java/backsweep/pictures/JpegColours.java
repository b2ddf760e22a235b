package backsweep.pictures;

import java.nio.charset.StandardCharsets;

/**
 * What the three channels of a JPEG picture are, by the rules and the arithmetic of the Independent
 * JPEG Group's library, which Pillow and TensorFlow use too.
 */
enum JpegColours {
  /** Nothing said so far; if nothing is, luminance and two differences. */
  UNSAID,
  /** A JFIF header says luminance and two differences. */
  JFIF,
  /** An Adobe header says red, green and blue. */
  ADOBE_RGB,
  /** An Adobe header says something else, which is taken for luminance and two differences. */
  ADOBE_OTHER,
  /** The channels are called R, G and B. */
  NAMED_RGB;

  private static final int HALF = 1 << 15;
  private static final int JFIF_LENGTH = 14;
  private static final int ADOBE_LENGTH = 12;
  private static final int ADOBE_TRANSFORM = 11;
  private static final int MIDDLE = 128;

  /** What is known after an application segment 0; JFIF counts more than anything else. */
  JpegColours jfif(byte[] content) {
    return content.length >= JFIF_LENGTH && begins(content, "JFIF\0") ? JFIF : this;
  }

  /** What is known after an application segment 14. */
  JpegColours adobe(byte[] content) {
    if (this == JFIF || content.length < ADOBE_LENGTH || !begins(content, "Adobe")) {
      return this;
    }
    return content[ADOBE_TRANSFORM] == 0 ? ADOBE_RGB : ADOBE_OTHER;
  }

  /** What is known after a frame's header. */
  JpegColours components(byte[] frame) {
    boolean isNamed = frame.length == 15 && frame[6] == 'R' && frame[9] == 'G' && frame[12] == 'B';
    return this == UNSAID && isNamed ? NAMED_RGB : this;
  }

  private static boolean begins(byte[] content, String name) {
    return new String(content, 0, name.length(), StandardCharsets.ISO_8859_1).equals(name);
  }

  /** Turns samples, {@code (pixel, channel)}, into red, green and blue where they are not. */
  void toRgb(byte[] samples) {
    if (this == ADOBE_RGB || this == NAMED_RGB) {
      return;
    }
    for (int i = 0; i < samples.length; i += 3) {
      int luminance = samples[i] & 0xff;
      int blue = (samples[i + 1] & 0xff) - MIDDLE;
      int red = (samples[i + 2] & 0xff) - MIDDLE;
      samples[i] = clamped(luminance + ((fixed(1.402) * red + HALF) >> 16));
      samples[i + 1] =
          clamped(luminance + ((-fixed(0.34414) * blue - fixed(0.71414) * red + HALF) >> 16));
      samples[i + 2] = clamped(luminance + ((fixed(1.772) * blue + HALF) >> 16));
    }
  }

  private static int fixed(double factor) {
    return (int) (factor * (1 << 16) + 0.5);
  }

  private static byte clamped(int value) {
    return (byte) Math.max(0, Math.min(255, value));
  }
}
