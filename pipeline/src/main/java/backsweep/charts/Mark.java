package backsweep.charts;

/**
 * A place on the horizontal axis that something is said about.
 *
 * @param x where
 * @param text what
 */
public record Mark(double x, String text) {}
