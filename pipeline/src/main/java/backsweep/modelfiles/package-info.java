/**
 * Keras' files to {@link backsweep.network.Network}s, and repaired copies of them.
 *
 * <p>{@link backsweep.modelfiles.KerasReader} reads full and weights-only HDF5 files and {@code
 * .keras} zips; {@link backsweep.modelfiles.RepairedCopy} writes the copy of such a file in which
 * channels are pruned, or in which all variables have other values. Inside, a {@code ModelFile} is
 * a container that was recognised, a {@code WeightLayout} says where in it each variable of an
 * architecture is stored, and a {@code StoredModel} is all of that, its values not yet read.
 *
 * <p>Model files come from attackers: no name in them is used as a path, no link is followed, and
 * sizes that a file claims are checked before memory is taken. What Keras would read as another
 * network is read as Keras does, or refused. What an architecture means is not known here, but in
 * the room {@code keras}; this is the only room that knows how HDF5 holds a model.
 */
package backsweep.modelfiles;
