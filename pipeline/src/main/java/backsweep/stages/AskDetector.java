package backsweep.stages;

import backsweep.goodnet.Answer;
import backsweep.goodnet.GoodNetFile;
import backsweep.goodnet.GoodNetFileException;
import backsweep.goodnet.Scores;
import backsweep.images.ImageSet;
import backsweep.images.ImageShape;
import backsweep.inference.DetectorAnswers;
import backsweep.inference.DetectorPredictor;
import backsweep.inference.PixelSource;
import backsweep.inference.Threads;
import backsweep.stages.AskedImages.Asked;
import backsweep.store.SharedFiles;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * Asks a detector of an output about a few stored images, for people to look at: on the driver, as
 * they are few. Nothing is written.
 */
public final class AskDetector {

  private final SharedFiles files;
  private final String output;
  private final PickImages pick;

  /**
   * With so many images of each set.
   *
   * @param output where detectors and images are
   * @throws IllegalArgumentException if none are wanted
   */
  public AskDetector(SparkSession spark, String output, int count) {
    if (count < 1) {
      throw new IllegalArgumentException("expected at least 1 image of each set, found " + count);
    }
    this.files = new SharedFiles(spark.sessionState().newHadoopConf());
    this.output = output;
    this.pick = new PickImages(spark, output, count);
  }

  /**
   * The answers of one detector.
   *
   * @param goodNet its folder under the output
   * @param sha256 over the names and bytes of the folder's files
   * @param sets what it is asked about
   * @throws GoodNetFileException if the detector is gone, is not what was written, or takes other
   *     images
   */
  public List<AskedImages> execute(String goodNet, String sha256, List<ImageSet> sets) {
    String folder = output + "/" + goodNet;
    requireSame(folder, sha256);
    Threads threads = ExecutorThreads.here();
    FoundDetector detector = new ReadDetector(files).execute(folder, threads);
    ImageShape shape = GoodNetFile.shape(detector.detector());
    List<AskedImages> asked = new ArrayList<>();
    try (DetectorPredictor predictor = new DetectorPredictor(detector.detector(), threads)) {
      for (ImageSet set : sets) {
        if (!set.shape().equals(shape)) {
          throw new GoodNetFileException(
              folder,
              "expected a detector for images of %s, found one for %s"
                  .formatted(set.shape(), shape));
        }
        List<PickedImage> images = pick.execute(set);
        asked.add(new AskedImages(set, ask(predictor, images, detector.imagesPerBatch())));
      }
    }
    return asked;
  }

  private void requireSame(String folder, String sha256) {
    Optional<String> found = files.sha256(folder);
    if (found.isEmpty()) {
      throw GoodNetFile.missing(folder);
    }
    if (!found.get().equals(sha256)) {
      throw new GoodNetFileException(
          folder, "expected what was written, sha256 %s, found %s".formatted(sha256, found.get()));
    }
  }

  private static List<Asked> ask(
      DetectorPredictor predictor, List<PickedImage> images, int imagesPerBatch) {
    List<Asked> asked = new ArrayList<>();
    for (int first = 0; first < images.size(); first += imagesPerBatch) {
      List<PickedImage> batch =
          images.subList(first, Math.min(images.size(), first + imagesPerBatch));
      DetectorAnswers answers = predictor.predict(new Batch(batch));
      for (int i = 0; i < batch.size(); i++) {
        asked.add(new Asked(batch.get(i), answer(answers, i)));
      }
    }
    return asked;
  }

  private static Answer answer(DetectorAnswers answers, int image) {
    return new Answer(
        answers.detector()[image],
        new Scores(answers.original()[image], answers.originalScores(image)),
        new Scores(answers.repaired()[image], answers.repairedScores(image)));
  }

  /** Images that run at once. */
  private record Batch(List<PickedImage> picked) implements PixelSource {

    @Override
    public int images() {
      return picked.size();
    }

    @Override
    public void copyTo(FloatBuffer target) {
      picked.forEach(image -> image.pixels().copy(0, 1, target));
    }
  }
}
