package backsweep.report;

/**
 * What looked like a slip in the input of a network, and what to try.
 *
 * @param imageSet the set where it shows
 * @param found what shows
 * @param advice what to try
 */
public record SlipFinding(String imageSet, String found, String advice) {}
