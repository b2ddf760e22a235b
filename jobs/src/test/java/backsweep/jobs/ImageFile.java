package backsweep.jobs;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** Small image files for the networks of the zoo, whose images are (24, 20, 3) in 9 classes. */
final class ImageFile {

  private static final int CLASSES = 9;

  private ImageFile() {}

  /** Writes a file with these data sets; null leaves one out. */
  static Path write(Path file, Object data, Object label) {
    try (WritableHdfFile writable = HdfFile.write(file)) {
      if (data != null) {
        writable.putDataset("data", data);
      }
      if (label != null) {
        writable.putDataset("label", label);
      }
    }
    return file;
  }

  /** Black images, {@code (image, channel, height, width)}. */
  static double[][][][] black(int images) {
    return new double[images][3][24][20];
  }

  /** Images that are black but for one value in the last one, and their labels. */
  static Path blackBut(double value, int images, Path file) {
    double[][][][] data = black(images);
    data[images - 1][2][23][19] = value;
    return write(file, data, new int[images]);
  }

  /** Images of dots in all classes, none like another. */
  static Path dotted(int images, Path file) {
    double[][][][] data = black(images);
    for (int image = 0; image < images; image++) {
      for (int row = 0; row < 24; row++) {
        for (int column = 0; column < 20; column++) {
          data[image][column % 3][row][column] = (image * 37 + row * 11 + column * 5) % 256;
        }
      }
    }
    return write(file, data, IntStream.range(0, images).map(image -> image % CLASSES).toArray());
  }

  /** The same images and labels as in a file, stored as other types. */
  static Path storedAnotherWay(Path original, Path file) {
    try (HdfFile read = new HdfFile(original)) {
      int[][][][] data = (int[][][][]) read.getDatasetByPath("data").getData();
      int[] labels = (int[]) read.getDatasetByPath("label").getData();
      return write(file, data, labels);
    }
  }
}
