/**
 * How a network learns from images: the images, batches in random but repeatable order, schedules;
 * what an attacker does with that is next door, in {@code attack}.
 *
 * <p>Nothing here knows files or clusters. TensorFlow stays in its room.
 */
package backsweep.training;
