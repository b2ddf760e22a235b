/**
 * Faces drawn from a seed: people who can be told apart, and any number of images of each, which
 * differ in pose, light, expression, background and what a camera does to them.
 *
 * <p>An image depends on the seed, the person, the set and its number in the set, and on nothing
 * else, so images can be drawn in any order and side by side. Nothing here knows files; what comes
 * out are {@link backsweep.images.ImageBlock}s and pictures.
 */
package backsweep.faces;
