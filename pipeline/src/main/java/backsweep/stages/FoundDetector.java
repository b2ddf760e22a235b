package backsweep.stages;

import backsweep.tensorflow.StoredDetector;

/**
 * A detector and where it was found.
 *
 * @param folder on any Hadoop path
 * @param sha256 of its file
 * @param detector what is in it
 * @param imagesPerBatch how many images it looks at at a time
 */
public record FoundDetector(
    String folder, String sha256, StoredDetector detector, int imagesPerBatch) {}
