/**
 * How a network learns from images: the images, batches in random but repeatable order, schedules,
 * fine-tuning of a pruned network, the mask of adversarial pruning; what an attacker does with that
 * is next door, in {@code attack}.
 *
 * <p>Nothing here knows files or clusters. TensorFlow stays in its room.
 */
package backsweep.training;
