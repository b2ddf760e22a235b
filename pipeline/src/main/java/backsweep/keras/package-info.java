/**
 * Keras files to {@link backsweep.network.Network} and back.
 *
 * <p>{@link backsweep.keras.KerasReader} reads full and weights-only HDF5 files and {@code .keras}
 * zips; {@link backsweep.keras.RepairedCopy} writes the copy of such a file in which channels are
 * pruned; {@link backsweep.keras.KerasWriter} writes the file of a network that was trained here.
 * Inside, a {@code ModelFile} is a container that was recognised, a {@code ModelConfig} its
 * architecture with the differences between Keras versions removed, a {@code GraphReader} makes the
 * graph of it with the {@code LayerCatalog}, and a {@code WeightLayout} says where each variable is
 * stored. The other way, {@code LayerCalls} finds the Keras layers of a graph, a {@code
 * WrittenConfig} describes them, and a {@code WrittenModel} is all of a file.
 *
 * <p>Model files come from attackers: nothing in them is executed, no name in them is used as a
 * path, no link is followed, and sizes that a file claims are checked before memory is taken. What
 * Keras would read as another network is read as Keras does, or refused: it gives layers their
 * weights in its {@code DepthOrder}. This is the only room that knows how HDF5 holds a model.
 */
package backsweep.keras;
