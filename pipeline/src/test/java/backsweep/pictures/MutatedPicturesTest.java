package backsweep.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import backsweep.images.ImageShape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to a file, it is read or refused, and no other exception comes. */
class MutatedPicturesTest {

  private static final int MUTATIONS = 300;
  private static final int SIGNATURE = 8;
  private static final int FRAME = 12;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rgb.png",
        "palette_opaque.png",
        "opaque.png",
        "bits_4.png",
        "interlaced.png",
        "profile.png",
        "444.jpg",
        "420.jpg",
        "progressive.jpg",
        "grey.jpg",
        "adobe_rgb.jpg",
        "restarts.jpg",
        "turned.jpg"
      })
  void areReadOrRefused(String name) throws IOException {
    byte[] whole = PictureFiles.bytes("good/" + name);
    int refused = 0;
    for (int seed = 0; seed < MUTATIONS; seed++) {
      byte[] file = mutated(whole, new Random(seed));
      try {
        values(file);
      } catch (UnusablePictureException e) {
        refused++;
      } catch (RuntimeException e) {
        fail("%s, mutation %d".formatted(name, seed), e);
      }
    }
    assertThat(refused).isBetween(MUTATIONS / 20, MUTATIONS);
  }

  private static void values(byte[] file) {
    boolean isGrey = EncodedPicture.of(file).header().channels() == 1;
    ImageShape shape = isGrey ? PictureFiles.GREY : PictureFiles.COLOUR;
    assertThat(new PictureFit(shape, false).values(file)).hasSize(shape.values());
  }

  /** Some bytes changed, taken out or put in; checksums of a PNG file are those of its parts. */
  private static byte[] mutated(byte[] whole, Random random) {
    byte[] file = whole.clone();
    for (int i = 0; i <= random.nextInt(4); i++) {
      int at = random.nextInt(file.length);
      switch (random.nextInt(4)) {
        case 0 -> file[at] = (byte) random.nextInt(256);
        case 1 -> file[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> file = Arrays.copyOf(file, at + 1);
        default -> {
          int from = random.nextInt(file.length);
          int count = Math.min(file.length - Math.max(at, from), random.nextInt(40));
          System.arraycopy(whole, Math.min(from, whole.length - count), file, at, count);
        }
      }
    }
    if (EncodedPng.isPng(file)) {
      repairChecksums(ByteBuffer.wrap(file));
    }
    return file;
  }

  private static void repairChecksums(ByteBuffer file) {
    int chunk = SIGNATURE;
    while (chunk + FRAME <= file.limit()) {
      int length = file.getInt(chunk);
      if (length < 0 || length > file.limit() - chunk - FRAME) {
        return;
      }
      CRC32 checksum = new CRC32();
      checksum.update(file.slice(chunk + 4, length + 4));
      file.putInt(chunk + 8 + length, (int) checksum.getValue());
      chunk += FRAME + length;
    }
  }
}
