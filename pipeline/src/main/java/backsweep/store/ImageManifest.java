package backsweep.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;

/**
 * What a folder of blocks holds; written last, so a folder with a manifest was whole once.
 *
 * @param images of the set
 * @param blocks of the set
 * @param contentSha256 hash over all pixels and labels
 * @param files all files that hold blocks
 */
record ImageManifest(int images, int blocks, String contentSha256, List<BlockFile> files) {

  /** The file's name: one that Spark does not take for data. */
  static final String NAME = "_manifest.json";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Copies the list. */
  ImageManifest {
    files = List.copyOf(files);
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
