/**
 * From networks to TensorFlow: the graph of a {@link backsweep.network.Network}, cut and masked as
 * pruning needs it, as {@link backsweep.tensorflow.SavedModel}s that {@code inference} runs; and
 * networks that learn, {@link backsweep.tensorflow.NetworkTrainer}, which run here.
 *
 * <p>The only room that knows {@code org.tensorflow}. A graph is made of checked values only; what
 * a model file says is never executed.
 */
package backsweep.tensorflow;
