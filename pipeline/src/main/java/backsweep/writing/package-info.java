/**
 * Networks that were trained here, as new Keras files.
 *
 * <p>{@link backsweep.writing.KerasWriter} is all that others need. Inside, {@code LayerCalls}
 * finds the Keras layers of a graph, a {@code WrittenConfig} describes them in JSON, and a {@code
 * WrittenModel} is all of a file. A file counts as written only when it was read back.
 */
package backsweep.writing;
