package backsweep.store;

import java.util.stream.Stream;

/** A result table has a file that cannot be read. */
public final class UnreadableResultsException extends RuntimeException {

  private static final long serialVersionUID = 1;

  UnreadableResultsException(String folder, Throwable cause) {
    super(
        "%s: expected tables that Backsweep wrote, but cannot read them: %s. If a file is damaged, restore it or move it away: what it held is computed again. Else try again."
            .formatted(folder, root(cause).getMessage()),
        cause);
  }

  private static Throwable root(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .reduce((outer, inner) -> inner)
        .orElse(failure);
  }
}
