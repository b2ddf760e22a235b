package backsweep.pictures;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A folder of pictures that has been looked at.
 *
 * @param files all pictures in their order: by class, then by name
 * @param sha256 of the bytes of each
 * @param fit what becomes of them
 */
public record PictureFolder(List<PictureFile> files, List<String> sha256, PictureFit fit)
    implements Serializable {

  private static final String VERSION = "folder of pictures, 1";

  /** Copies the lists. */
  public PictureFolder {
    files = List.copyOf(files);
    sha256 = List.copyOf(sha256);
    if (files.isEmpty() || files.size() != sha256.size()) {
      throw new IllegalArgumentException(
          "expected pictures and a hash for each, found %d and %d"
              .formatted(files.size(), sha256.size()));
    }
  }

  /** The number of pictures. */
  public int images() {
    return files.size();
  }

  /** Whether the labels are targets, and what the images show is known beside them. */
  public boolean hasTrueLabels() {
    return files.get(0).shown() != PictureFile.UNKNOWN;
  }

  /** All that the images depend on, from which their identity is made. */
  public List<String> ingredients() {
    List<String> ingredients =
        new ArrayList<>(List.of(VERSION, fit.shape().toString(), "resized " + fit.isResized()));
    IntStream.range(0, images())
        .forEach(
            i -> {
              PictureFile file = files.get(i);
              ingredients.add(file.name());
              ingredients.add(file.label() + " " + file.shown());
              ingredients.add(sha256.get(i));
            });
    return ingredients;
  }
}
