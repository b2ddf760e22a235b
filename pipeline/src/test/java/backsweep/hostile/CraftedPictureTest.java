package backsweep.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.hostile.Trial.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures made to take memory where nobody looks: in texts and profiles, which inflate. */
class CraftedPictureTest {

  private static final int HEADER_END = 33;
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

  private Outcome read(byte[] picture) throws IOException {
    Path file = Files.write(folder.resolve("picture.png"), picture);
    try (Trial trial = new Trial()) {
      return trial.read(Subject.PICTURE, file, file);
    }
  }

  /** A grey picture of one value, with one more part behind its header. */
  private static byte[] picture(byte[] more, int width, int height) throws IOException {
    ByteArrayOutputStream picture = new ByteArrayOutputStream();
    picture.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) 8);
    picture.write(part("IHDR", header.array()));
    assertThat(picture.size()).isEqualTo(HEADER_END);
    picture.write(more);
    picture.write(part("IDAT", deflated(4 * 5)));
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
