package backsweep.jobs;

import backsweep.images.ImageLayout;
import java.util.Map;
import java.util.Optional;

/** The key {@code image-layout}, of every command that reads images. */
final class LayoutSetting {

  private static final String KEY = "image-layout";

  private static final Map<String, ImageLayout> LAYOUTS =
      Map.of("nchw", ImageLayout.NCHW, "nhwc", ImageLayout.NHWC);

  private LayoutSetting() {}

  /** The layout that a person names; empty where none is named. */
  static Optional<ImageLayout> read(Configuration configuration) {
    return configuration.optional(KEY).map(text -> configuration.choice(KEY, LAYOUTS));
  }

  /** The layout of a command whose default is the labs'. */
  static ImageLayout orLabs(Configuration configuration) {
    return configuration.choice(KEY, LAYOUTS);
  }
}
