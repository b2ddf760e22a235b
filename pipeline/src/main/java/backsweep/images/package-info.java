/**
 * Labelled images: sets with a role, and blocks of consecutive images, the unit of all arithmetic.
 *
 * <p>Here files of images are read, checked, hashed and written, and clean images are poisoned: a
 * {@link backsweep.images.Trigger} is put into them, and a {@link backsweep.images.Target} says how
 * they are labelled. Nothing here knows a network, Spark or TensorFlow; a {@link
 * backsweep.images.ImageBlock} is all that later stages see of a file.
 */
package backsweep.images;
