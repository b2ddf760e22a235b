package backsweep.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import backsweep.network.Shape;
import backsweep.network.Weights;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs scripts in a Python that has Keras; the property {@code keras.python}.
 *
 * @param python the interpreter
 * @param folder where what it says goes
 */
public record RealKeras(String python, Path folder) {

  /** Skips the test where there is none. */
  public static RealKeras in(Path folder) {
    String python = System.getProperty("keras.python", "");
    assumeFalse(python.isEmpty(), "needs -Dkeras.python=PYTHON, a Python that has Keras");
    return new RealKeras(python, folder);
  }

  /** A script by its name; all lie in one folder. */
  public static Path script(String name) {
    return Path.of("src/test/python", name);
  }

  /** Runs a script, and expects that it says all went well. */
  public void run(String script, List<String> arguments) throws IOException, InterruptedException {
    run(script(script), arguments);
  }

  private void run(Path script, List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(python, script.toString()));
    command.addAll(arguments);
    File log = folder.resolve(script.getFileName() + ".log").toFile();
    Process keras =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    assertThat(keras.waitFor()).as(() -> "Keras says: " + text(log.toPath())).isZero();
  }

  private static String text(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Writes the images that a model is asked, as {@code answers_of.py} reads them. */
  public static void ask(Path file, Pixels images, Shape image) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(Files.newOutputStream(Path.of(file + ".images"))))) {
      out.writeInt(images.images());
      for (long size : image.toLongs()) {
        out.writeInt(Math.toIntExact(size));
      }
      for (float value : images.values()) {
        out.writeFloat(value);
      }
    }
  }

  /** What a model answered, {@code (image, class)}. */
  public static float[][] answers(Path file, int images) throws IOException {
    ByteBuffer stored = ByteBuffer.wrap(Files.readAllBytes(Path.of(file + ".answers")));
    float[][] answers = new float[images][stored.remaining() / Float.BYTES / images];
    for (float[] row : answers) {
      for (int i = 0; i < row.length; i++) {
        row[i] = stored.getFloat();
      }
    }
    return answers;
  }

  /** What Keras found in a file: values by layer and variable. */
  public static Map<String, List<Float>> weights(Path file) throws IOException {
    Map<String, List<Float>> weights = new HashMap<>();
    Path path = Path.of(file + ".weights");
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(path)))) {
      while (in.available() > 0) {
        String name = in.readUTF() + "/" + in.readUTF();
        int count = in.readInt();
        List<Float> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
          values.add(in.readFloat());
        }
        weights.put(name, values);
      }
    }
    return weights;
  }

  /** Weights of ours in the same form. */
  public static Map<String, List<Float>> flat(Weights weights) {
    Map<String, List<Float>> flat = new HashMap<>();
    for (String layer : weights.layers()) {
      weights
          .of(layer)
          .forEach(
              (name, tensor) -> {
                List<Float> values = new ArrayList<>();
                for (int i = 0; i < tensor.shape().size(); i++) {
                  values.add(tensor.at(i));
                }
                flat.put(layer + "/" + name, values);
              });
    }
    return flat;
  }
}
