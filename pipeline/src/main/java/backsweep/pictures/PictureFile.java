package backsweep.pictures;

import java.io.Serializable;

/**
 * One file of a folder of pictures.
 *
 * @param name within the folder, with {@code /} behind that of a subfolder
 * @param label what the image is labelled with
 * @param shown the class it shows, or {@link #UNKNOWN}
 */
public record PictureFile(String name, int label, int shown) implements Serializable {

  /** Nobody says what the image shows. */
  public static final int UNKNOWN = -1;
}
