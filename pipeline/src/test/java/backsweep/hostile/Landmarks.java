package backsweep.hostile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What matters in the files of strangers: the marks of their tables, and names. */
final class Landmarks {

  private static final byte[][] MARKS =
      marks(
          "model_config",
          "layer_names",
          "weight_names",
          "keras_version",
          "TREE",
          "SNOD",
          "HEAP",
          "GCOL",
          "OHDR",
          "OCHK",
          "BTHD",
          "BTLF",
          "BTIN",
          "FRHP",
          "FHDB",
          "FAHD",
          "FADB",
          "EAHD",
          "EAIB",
          "PK\1\2",
          "PK\3\4",
          "PK\5\6",
          "IHDR",
          "PLTE",
          "IDAT",
          "tRNS",
          "IEND",
          "\u00ff\u00c0",
          "\u00ff\u00c2",
          "\u00ff\u00c4",
          "\u00ff\u00da",
          "\u00ff\u00db",
          "\u00ff\u00dd",
          "Adobe",
          "config",
          "filters",
          "kernel_size",
          "strides",
          "dilation_rate",
          "pool_size",
          "units",
          "inbound_nodes",
          "axis",
          "batch_shape",
          "batch_input_shape",
          "class_name",
          "padding",
          "\u0089HDF");

  private static final byte[][] NAMES =
      marks(
          "model_config",
          "model_weights",
          "layer_names",
          "weight_names",
          "keras_version",
          "kernel",
          "bias",
          "data\0",
          "label\0",
          "true_label",
          "layers",
          "vars");

  private Landmarks() {}

  private static byte[][] marks(String... marks) {
    return Arrays.stream(marks)
        .map(mark -> mark.getBytes(StandardCharsets.ISO_8859_1))
        .toArray(byte[][]::new);
  }

  /** Two attributes or links change their names, with zeros where one is shorter. */
  static byte[] swapNames(byte[] bytes, Random random) {
    byte[] one = NAMES[random.nextInt(NAMES.length)];
    byte[] other = NAMES[random.nextInt(NAMES.length)];
    int first = indexOf(bytes, one, random.nextInt(bytes.length));
    int second = indexOf(bytes, other, random.nextInt(bytes.length));
    if (first < 0 || second < 0 || first == second) {
      return bytes;
    }
    System.arraycopy(Arrays.copyOf(other, one.length), 0, bytes, first, one.length);
    System.arraycopy(Arrays.copyOf(one, other.length), 0, bytes, second, other.length);
    return bytes;
  }

  /** A place near one of them; anywhere where there is none. */
  static int near(byte[] bytes, Random random) {
    List<Integer> places = new ArrayList<>();
    for (int tries = 0; places.isEmpty() && tries < 6; tries++) {
      byte[] mark = MARKS[random.nextInt(MARKS.length)];
      int from = 0;
      while (places.size() < 50 && (from = indexOf(bytes, mark, from)) >= 0) {
        places.add(from++);
      }
    }
    if (places.isEmpty()) {
      return random.nextInt(bytes.length);
    }
    int near = places.get(random.nextInt(places.size())) + random.nextInt(96) - 24;
    return Math.max(0, Math.min(bytes.length - 1, near));
  }

  private static int indexOf(byte[] bytes, byte[] mark, int from) {
    for (int at = from; at + mark.length <= bytes.length; at++) {
      if (bytes[at] == mark[0]
          && Arrays.equals(bytes, at, at + mark.length, mark, 0, mark.length)) {
        return at;
      }
    }
    return -1;
  }
}
