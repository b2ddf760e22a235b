package backsweep.report;

import backsweep.store.Tables.ImageSetRow;
import java.util.List;

/**
 * What the numbers of a network rest on.
 *
 * @param imageSets that it was measured on, clean ones first
 * @param slips what looked like a slip in the input when it was defended last
 * @param olderSettings with how many other settings, such as another input scale, it was defended
 *     before, of which nothing is shown
 */
public record Background(List<ImageSetRow> imageSets, List<SlipFinding> slips, int olderSettings) {

  /** Where nothing is known. */
  public static final Background NONE = new Background(List.of(), List.of(), 0);

  /** Copies the lists. */
  public Background {
    imageSets = List.copyOf(imageSets);
    slips = List.copyOf(slips);
  }
}
