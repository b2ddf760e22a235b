package backsweep.store;

import java.nio.file.Path;

/**
 * What is done with a local file.
 *
 * @param <T> what comes of it
 */
public interface LocalAction<T> {
  /** Works on the file, which may be gone afterwards. */
  T apply(Path local);
}
