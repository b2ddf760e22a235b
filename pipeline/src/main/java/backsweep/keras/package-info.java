/**
 * What Keras says of a model, as text: architectures in JSON to {@link backsweep.network.Graph}s.
 *
 * <p>A {@code ModelConfig} is an architecture with the differences between Keras versions removed,
 * a {@code GraphReader} makes the graph of it with the {@code LayerCatalog}, and a {@code
 * DepthOrder} is the order in which Keras gives its layers their weights. {@code Json} and {@code
 * Refusal} put what a file says into words that are safe to print.
 *
 * <p>Architectures come from attackers: nothing in them is executed, layers that are not known are
 * refused by name, and depths and lengths are checked before memory is taken. No file is opened
 * here, and no weight is known: that is the room {@code modelfiles}.
 */
package backsweep.keras;
