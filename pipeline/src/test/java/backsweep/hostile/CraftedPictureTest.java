package backsweep.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.hostile.Trial.Outcome;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures made to take memory where nobody looks: in texts and profiles, which inflate. */
class CraftedPictureTest {

  private static final int HEADER_END = 33;
  private static final int LARGEST_SIDE = 1 << 12;
  private static final int INFLATED = 200 << 20;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"zTXt, true", "iTXt, true", "iCCP, true", "IDAT, false"})
  void aPartThatInflatesAThousandTimesTakesNoMemory(String type, boolean isRead)
      throws IOException {
    Outcome outcome = read(picture(part(type, bomb(type)), 4, 4));

    assertThat(outcome.isRead()).as(String.valueOf(outcome.refusal())).isEqualTo(isRead);
    assertThat(outcome.bytes()).isLessThan(16 << 20);
  }

  @Test
  void aPictureOfMoreThanAnyImageIsRefusedUnread() throws IOException {
    Outcome outcome = read(picture(new byte[0], 60_000, 60_000));

    assertThat(outcome.refusal()).hasMessageContaining("expected a picture of 1 to");
    assertThat(outcome.bytes()).isLessThan(4 << 20);
  }

  /** Colour, palette, grey, colour and opacity; also in the seven passes of interlaced files. */
  @ParameterizedTest
  @CsvSource({"8, 2, 0", "1, 3, 0", "8, 3, 1", "8, 0, 1", "8, 6, 1"})
  void theLargestPictureOfAFolderIsDecodedWithinTheLimits(int bits, int colours, int interlaced)
      throws IOException {
    byte[] header =
        ByteBuffer.allocate(13)
            .putInt(LARGEST_SIDE)
            .putInt(LARGEST_SIDE)
            .put(new byte[] {(byte) bits, (byte) colours, 0, 0, (byte) interlaced})
            .array();
    int bytes = (LARGEST_SIDE + 7) * (LARGEST_SIDE + 1) * (colours == 6 ? 4 : colours == 2 ? 3 : 1);
    byte[] palette = colours == 3 ? part("PLTE", new byte[3]) : new byte[0];
    Outcome outcome = readInFolder(picture(header, palette, deflated(bytes)));

    // Opacity is 0 everywhere.
    assertThat(outcome.isRead()).as(String.valueOf(outcome.refusal())).isEqualTo(colours != 6);
  }

  @Test
  void theLargestJpegPictureOfAFolderIsDecodedWithinTheLimits() throws IOException {
    BufferedImage noise =
        new BufferedImage(LARGEST_SIDE, LARGEST_SIDE, BufferedImage.TYPE_3BYTE_BGR);
    new Random(1).nextBytes(((DataBufferByte) noise.getRaster().getDataBuffer()).getData());
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam progressive = writer.getDefaultWriteParam();
    progressive.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(noise, null, null), progressive);
    }
    writer.dispose();

    Outcome outcome = readInFolder(bytes.toByteArray());
    assertThat(outcome.isRead()).as(String.valueOf(outcome.refusal())).isTrue();
  }

  private Outcome read(byte[] picture) throws IOException {
    return read(Subject.PICTURE, picture);
  }

  private Outcome readInFolder(byte[] picture) throws IOException {
    return read(Subject.FOLDER, picture);
  }

  private Outcome read(Subject subject, byte[] picture) throws IOException {
    Path file = Files.write(folder.resolve("picture"), picture);
    try (Trial trial = new Trial()) {
      return trial.read(subject, file, file);
    }
  }

  /** A grey picture of one value, with one more part behind its header. */
  private static byte[] picture(byte[] more, int width, int height) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) 8);
    return picture(header.array(), more, deflated(4 * 5));
  }

  private static byte[] picture(byte[] header, byte[] more, byte[] pixels) throws IOException {
    ByteArrayOutputStream picture = new ByteArrayOutputStream();
    picture.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    picture.write(part("IHDR", header));
    assertThat(picture.size()).isEqualTo(HEADER_END);
    picture.write(more);
    picture.write(part("IDAT", pixels));
    picture.write(part("IEND", new byte[0]));
    return picture.toByteArray();
  }

  private static byte[] bomb(String type) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write(
        switch (type) {
          case "zTXt", "iCCP" -> new byte[] {'n', 0, 0};
          case "iTXt" -> new byte[] {'n', 0, 1, 0, 0, 0};
          default -> new byte[0];
        });
    content.write(type.equals("IDAT") ? new byte[1 << 16] : deflated(INFLATED));
    return content.toByteArray();
  }

  private static byte[] deflated(int zeros) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflated = new DeflaterOutputStream(bytes)) {
      byte[] some = new byte[Math.min(zeros, 1 << 20)];
      for (int left = zeros; left > 0; left -= some.length) {
        deflated.write(some, 0, Math.min(left, some.length));
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] part(String type, byte[] content) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 checksum = new CRC32();
    checksum.update(name);
    checksum.update(content);
    return ByteBuffer.allocate(12 + content.length)
        .putInt(content.length)
        .put(name)
        .put(content)
        .putInt((int) checksum.getValue())
        .array();
  }
}
