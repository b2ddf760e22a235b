package backsweep.store;

import backsweep.images.ImageSet;

/**
 * An image set whose blocks are in the store.
 *
 * @param set the set
 * @param contentSha256 hash over all pixels and labels, whatever way the file stored them
 * @param hasTrueLabels whether the blocks say what the images show beside their labels
 */
public record ImportedImages(ImageSet set, String contentSha256, boolean hasTrueLabels) {}
