package backsweep.jobs;

import java.net.URI;
import java.nio.file.Path;

/** Files of the tests that Java cannot make; {@code src/test/python/make_files.py} made them. */
final class Resource {

  private Resource() {}

  /** A file by its name. */
  static Path path(String name) {
    return Path.of(URI.create(Resource.class.getResource("/" + name).toString()));
  }
}
