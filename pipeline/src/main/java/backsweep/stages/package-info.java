/**
 * The stages of a defence on Spark, each one class with one verb: read picture folders, import
 * images, collect channel statistics, score channels by gradients, trace pruning curves, repair
 * networks, verify repairs, fine-tune repairs, count answers, measure entropies, measure mean
 * activations; and the run that joins them, for several networks and criteria at once. On top of
 * it, defend one network, or sweep many; beside them, train networks, and classify images with a
 * detector.
 *
 * <p>A stage takes the session in its constructor and gives a typed result. What is summed is
 * summed per block and merged in block order or exactly, so results do not depend on partitions,
 * executors, retries or speculative copies.
 */
package backsweep.stages;
