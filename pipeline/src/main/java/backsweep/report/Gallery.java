package backsweep.report;

import backsweep.images.Role;
import java.util.List;
import java.util.Optional;

/**
 * A few images of a network's sets, and what is answered for them.
 *
 * @param repair whose answers they are beside those of the network
 * @param sets the images by their sets
 * @param reduction how many pixels of a side of an image make up one of its picture
 * @param remarks what else is to be said, such as why there are no images
 */
public record Gallery(String repair, List<Shown> sets, int reduction, List<String> remarks) {

  /** Copies the lists. */
  public Gallery {
    sets = List.copyOf(sets);
    remarks = List.copyOf(remarks);
  }

  /** No images, and why there are none. */
  public static Gallery none(String why) {
    return new Gallery("", List.of(), 1, List.of(why));
  }

  /** How many bytes all pictures have. */
  public long bytes() {
    return sets.stream()
        .flatMap(set -> set.images().stream())
        .mapToLong(image -> image.png().length)
        .sum();
  }

  /**
   * Images of a set.
   *
   * @param name of the set
   * @param role of the set
   * @param images by place; none where the set is not there any more
   */
  public record Shown(String name, Role role, List<Image> images) {

    /** Copies the list. */
    public Shown {
      images = List.copyOf(images);
    }
  }

  /**
   * An image.
   *
   * @param place in its set, from 0
   * @param picture what is seen
   * @param label of the image; of a poisoned one the target
   * @param trueLabel what a poisoned one shows, where that is known
   * @param answers of B, B' and G
   */
  public record Image(
      int place, Picture picture, int label, Optional<Integer> trueLabel, Answers answers) {

    private byte[] png() {
      return picture.png();
    }
  }

  /**
   * A PNG file.
   *
   * @param width in pixels
   * @param height in pixels
   * @param png its bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // made once for one reader, never compared
  public record Picture(int width, int height, byte[] png) {

    /** Copies the bytes. */
    public Picture {
      png = png.clone();
    }

    /** A copy of the bytes. */
    @Override
    public byte[] png() {
      return png.clone();
    }
  }

  /**
   * What is answered for an image.
   *
   * @param original what B says
   * @param repaired what B' says
   */
  public record Answers(Told original, Told repaired) {

    /** Whether G calls the image backdoored. */
    public boolean isBackdoored() {
      return original.answer() != repaired.answer();
    }
  }

  /**
   * What a network says.
   *
   * @param answer the class
   * @param score what it gives that class
   * @param isProbability whether scores are probabilities
   */
  public record Told(int answer, double score, boolean isProbability) {}
}
