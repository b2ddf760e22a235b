package backsweep.stages;

import backsweep.goodnet.GoodNetFile;
import backsweep.images.FileHash;
import backsweep.images.ImageBlock;
import backsweep.inference.Threads;
import backsweep.store.FolderPath;
import backsweep.store.SharedFiles;
import backsweep.tensorflow.StoredDetector;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;

/** Reads a detector's folder, which anybody may have written, on the driver. */
final class ReadDetector {

  /** Where nobody says how many images take how much memory. */
  private static final int FEW_IMAGES = 16;

  private static final int MOST_ORIGIN_BYTES = 1 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SharedFiles files;

  ReadDetector(SharedFiles files) {
    this.files = files;
  }

  /**
   * The detector of a folder, after it looked at a black image.
   *
   * @throws backsweep.goodnet.GoodNetFileException if the folder is none, or it cannot run
   */
  FoundDetector execute(String folder, Threads threads) {
    String file = FolderPath.below(folder, StoredDetector.FILE);
    if (!files.exists(file) || files.isFolder(file)) {
      throw GoodNetFile.missing(folder);
    }
    GoodNetFile.checkSize(folder, files.size(file));
    byte[] bytes = files.bytes(file, GoodNetFile.mostBytes());
    StoredDetector detector = GoodNetFile.read(folder, bytes);
    GoodNetFile.open(folder, detector, threads).close();
    return new FoundDetector(folder, FileHash.sha256(bytes), detector, imagesPerBatch(folder));
  }

  private int imagesPerBatch(String folder) {
    String origin = FolderPath.below(folder, RepairNetwork.ORIGIN);
    if (!files.exists(origin) || files.isFolder(origin)) {
      return FEW_IMAGES;
    }
    try {
      byte[] bytes = files.bytes(origin, MOST_ORIGIN_BYTES);
      JsonNode images =
          JSON.readTree(new String(bytes, StandardCharsets.UTF_8))
              .path(RepairNetwork.IMAGES_PER_BATCH);
      return Math.max(1, Math.min(ImageBlock.IMAGES, images.asInt(FEW_IMAGES)));
    } catch (JsonProcessingException e) {
      return FEW_IMAGES;
    }
  }
}
