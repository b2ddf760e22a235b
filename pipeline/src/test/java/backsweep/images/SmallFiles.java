package backsweep.images;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.net.URI;
import java.nio.file.Path;

/** Small image files, from the resources or written on the spot. */
final class SmallFiles {

  /** The images in every file of the resources but {@code two_blocks.h5}. */
  static final int IMAGES = 5;

  /** Their shape. */
  static final ImageShape SHAPE = new ImageShape(4, 3, 2);

  private SmallFiles() {}

  /** A file made by {@code make_image_files.py}. */
  static Path resource(String name) {
    return Path.of(URI.create(SmallFiles.class.getResource("/images/" + name).toString()));
  }

  /** The value that {@code make_image_files.py} gives a pixel. */
  static int pixel(int image, int channel, int row, int column) {
    return (31 * image + 17 * channel + 5 * row + 3 * column) % 120;
  }

  /** Writes a file with these data sets; null leaves one out. */
  static Path write(Path folder, Object data, Object label) {
    Path file = folder.resolve("images.h5");
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

  /** Writes a file of images {@code (image, channel, height, width)}, labels and true labels. */
  static Path write(Path folder, Object data, Object label, Object trueLabel) {
    Path file = folder.resolve("images.h5");
    try (WritableHdfFile writable = HdfFile.write(file)) {
      writable.putDataset("data", data);
      writable.putDataset("label", label);
      writable.putDataset("true_label", trueLabel);
    }
    return file;
  }

  /** Images {@code (image, channel, height, width)}, 3 x 2 x 2 x 2, of zeros but for one value. */
  static double[][][][] zerosBut(double value) {
    double[][][][] data = new double[3][2][2][2];
    data[2][1][0][1] = value;
    return data;
  }
}
