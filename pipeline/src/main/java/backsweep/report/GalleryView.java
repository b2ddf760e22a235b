package backsweep.report;

import java.util.List;

/**
 * What the template prints of the images of a network, all of it text.
 *
 * @param legend how they were chosen, and who is asked
 * @param sets the images by their sets
 * @param remarks what else is to be said
 */
public record GalleryView(String legend, List<SetView> sets, List<String> remarks) {

  /** Images of a set, or why there are none. */
  public record SetView(String title, List<ImageView> images, String remark) {}

  /**
   * An image.
   *
   * @param source the picture itself, as an address
   * @param alt what stands in its place for those who do not see it
   */
  public record ImageView(
      String source, String alt, int width, int height, String title, List<AnswerView> answers) {}

  /**
   * An answer.
   *
   * @param who gives it
   * @param answer the class
   * @param words what is to be thought of it
   * @param kind of thought: {@code good}, {@code bad} or {@code open}
   */
  public record AnswerView(String who, String answer, String words, String kind) {}
}
