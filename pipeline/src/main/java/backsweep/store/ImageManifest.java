package backsweep.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a folder of blocks holds; written last, so a folder with a manifest was whole once.
 *
 * @param images of the set
 * @param blocks of the set
 * @param contentSha256 hash over all pixels and labels
 * @param files all files that hold blocks
 * @param trueLabels null where the blocks have none, as in all manifests before there were any
 */
@JsonInclude(Include.NON_NULL)
record ImageManifest(
    int images, int blocks, String contentSha256, List<BlockFile> files, Boolean trueLabels) {

  /** The file's name: one that Spark does not take for data. */
  static final String NAME = "_manifest.json";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Checks that nothing is missing, and copies the list. */
  ImageManifest {
    Objects.requireNonNull(contentSha256, "contentSha256");
    files = List.copyOf(files);
  }

  /** Whether the blocks say what the images show beside their labels. */
  boolean hasTrueLabels() {
    return Boolean.TRUE.equals(trueLabels);
  }

  /** The manifest in a text; empty where it is none, or one of another version. */
  static Optional<ImageManifest> parse(String text) {
    try {
      return Optional.ofNullable(JSON.readValue(text, ImageManifest.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** The text that {@link #parse} reads. */
  String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + this, e);
    }
  }
}
