package backsweep.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import backsweep.testing.RandomBlocks;
import backsweep.testing.RealKeras;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Opens written files in h5py, which comes with Keras; skipped where the property {@code
 * keras.python} is unset.
 */
class WrittenImagesInH5pyTest {

  private static final ImageShape SHAPE = new ImageShape(5, 4, 3);

  @TempDir Path folder;

  @Test
  void h5pyReadsEveryByteAndLabel() throws Exception {
    List<ImageBlock> blocks = RandomBlocks.of(600, SHAPE, PixelEncoding.UINT8);

    assertThat(inH5py(blocks))
        .containsExactly(
            "data uint8 600x3x5x4 " + sha256(channelsFirst(blocks)),
            "label int32 600 " + sha256(labels(blocks)));
  }

  @Test
  void h5pyReadsFloatsAndTrueLabels() throws Exception {
    List<ImageBlock> blocks =
        RandomBlocks.of(300, SHAPE, PixelEncoding.UINT8).stream()
            .map(WrittenImagesInH5pyTest::halved)
            .toList();

    assertThat(inH5py(blocks))
        .containsExactly(
            "data float32 300x3x5x4 " + sha256(channelsFirst(blocks)),
            "label int32 300 " + sha256(labels(blocks)),
            "true_label int32 300 " + sha256(trueLabels(blocks)));
  }

  /** The values divided by 2, the labels as true labels, and 9 as labels. */
  private static ImageBlock halved(ImageBlock block) {
    float[] values = values(block);
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value / 2);
    }
    int[] targets = new int[block.images()];
    Arrays.fill(targets, 9);
    return new ImageBlock(
        block.index(),
        new Pixels(SHAPE, PixelEncoding.FLOAT32, bytes.array()),
        targets,
        block.labels());
  }

  private List<String> inH5py(List<ImageBlock> blocks) throws Exception {
    String python = System.getProperty("keras.python", "");
    assumeFalse(python.isEmpty(), "needs -Dkeras.python=PYTHON, a Python that has h5py");
    Path file = folder.resolve("images.h5");
    Hdf5ImageWriter.write(file, SHAPE, blocks.iterator());
    return output(python, RealKeras.script("describe_images.py").toString(), file.toString());
  }

  private static List<String> output(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.lines().toList();
  }

  private static float[] values(ImageBlock block) {
    float[] values = new float[block.images() * SHAPE.values()];
    block.copyPixels(java.nio.FloatBuffer.wrap(values));
    return values;
  }

  /** All values in the order {@code (image, channel, height, width)}. */
  private static float[] channelsFirst(List<ImageBlock> blocks) {
    float[] turned = new float[0];
    for (ImageBlock block : blocks) {
      float[] values = values(block);
      int start = turned.length;
      turned = Arrays.copyOf(turned, start + values.length);
      for (int i = 0; i < values.length; i++) {
        int image = i / SHAPE.values();
        int position = i / SHAPE.channels() % SHAPE.positions();
        int channel = i % SHAPE.channels();
        turned[start + image * SHAPE.values() + channel * SHAPE.positions() + position] = values[i];
      }
    }
    return turned;
  }

  private static float[] labels(List<ImageBlock> blocks) {
    return floats(blocks.stream().flatMapToInt(block -> Arrays.stream(block.labels())).toArray());
  }

  private static float[] trueLabels(List<ImageBlock> blocks) {
    return floats(
        blocks.stream()
            .flatMapToInt(block -> Arrays.stream(block.trueLabels().orElseThrow()))
            .toArray());
  }

  private static float[] floats(int[] labels) {
    float[] floats = new float[labels.length];
    for (int i = 0; i < labels.length; i++) {
      floats[i] = labels[i];
    }
    return floats;
  }

  private static String sha256(float[] values) throws GeneralSecurityException {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
  }
}
