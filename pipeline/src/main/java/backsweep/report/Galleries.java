package backsweep.report;

import backsweep.store.Tables.NetworkRow;
import java.util.Map;

/**
 * The images of a page.
 *
 * @param byNetwork of the networks that have some
 */
public record Galleries(Map<NetworkRow, Gallery> byNetwork) {

  /** None for any network. */
  public static final Galleries NONE = new Galleries(Map.of());

  /** How many networks of a page have images at most: it stays quick to make and to load. */
  public static final int MOST_NETWORKS = 4;

  /** The most bytes of pictures in a page, but for one whose first network has more already. */
  public static final long MOST_BYTES = 1_000_000;

  private static final int CHARACTERS_A_GROUP = 4;
  private static final int BYTES_A_GROUP = 3;

  /** Copies the map. */
  public Galleries {
    byNetwork = Map.copyOf(byNetwork);
  }

  /** How many characters all pictures take, in Base64. */
  long characters() {
    long bytes = byNetwork.values().stream().mapToLong(Gallery::bytes).sum();
    return bytes * CHARACTERS_A_GROUP / BYTES_A_GROUP;
  }
}
