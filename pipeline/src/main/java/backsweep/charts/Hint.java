package backsweep.charts;

/**
 * What a reader is told who points at a place.
 *
 * @param from the left end of the place on the horizontal axis
 * @param to the right end
 * @param text what
 */
public record Hint(double from, double to, String text) {}
