package backsweep.jobs;

import backsweep.goodnet.GoodNetFileException;
import backsweep.goodnet.Scores;
import backsweep.images.ImageFileException;
import backsweep.images.ImageSet;
import backsweep.images.ImageShape;
import backsweep.pictures.NewPng;
import backsweep.report.Findings;
import backsweep.report.Galleries;
import backsweep.report.Gallery;
import backsweep.report.GalleryPlan;
import backsweep.report.NetworkFindings;
import backsweep.stages.AskDetector;
import backsweep.stages.AskedImages;
import backsweep.stages.AskedImages.Asked;
import backsweep.stages.PickedImage;
import backsweep.store.PublicText;
import backsweep.store.Tables.NetworkRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Images for the page about an output, with what its networks answer. Where they cannot be had, the
 * page says why.
 *
 * @param spark which reads the images
 * @param output where images and detectors are
 * @param images how many of each set; 0 for none at all
 */
record OutputGalleries(SparkSession spark, String output, int images) {

  private static final Logger LOG = LoggerFactory.getLogger(OutputGalleries.class);
  private static final double ROUNDING = 1e-3;

  /** Those of the first networks. */
  Galleries of(Findings findings) {
    if (images == 0) {
      return Galleries.NONE;
    }
    AskDetector ask = new AskDetector(spark, output, images);
    Map<NetworkRow, Gallery> found = new HashMap<>();
    long bytes = 0;
    for (NetworkFindings network : findings.networks()) {
      Gallery gallery = gallery(ask, network);
      bytes += gallery.bytes();
      if (bytes <= Galleries.MOST_BYTES || found.isEmpty()) {
        found.put(network.network(), gallery);
      }
      if (bytes > Galleries.MOST_BYTES || found.size() == Galleries.MOST_NETWORKS) {
        break;
      }
    }
    return new Galleries(found);
  }

  /** Whatever is wrong with what lies in an output, its page is made. */
  private Gallery gallery(AskDetector ask, NetworkFindings network) {
    try {
      return GalleryPlan.of(network)
          .map(plan -> gallery(ask, plan))
          .orElseGet(
              () -> Gallery.none("No images: nothing was repaired, so there is nobody to ask."));
    } catch (GoodNetFileException e) {
      LOG.warn("No images in the report: {}", e.getMessage());
      return Gallery.none(
          "No images. The detector is gone, or is not what was written: " + words(e));
    } catch (RuntimeException e) { // Spark and TensorFlow say in many ways that something is broken
      LOG.warn("No images in the report", e);
      return Gallery.none("No images. The detector could not be asked: " + words(e));
    }
  }

  private String words(RuntimeException e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    PublicText texts = new PublicText(spark.sessionState().newHadoopConf());
    return texts.of(ImageFileException.line(message));
  }

  private static Gallery gallery(AskDetector ask, GalleryPlan plan) {
    ImageShape shape = plan.sets().get(0).shape();
    if (!NewPng.isPossible(shape)) {
      return Gallery.none(
          "No images: of %d channels they are no pictures.".formatted(shape.channels()));
    }
    List<AskedImages> asked = ask.execute(plan.goodNet(), plan.goodNetSha256(), plan.sets());
    List<String> remarks = new ArrayList<>();
    if (plan.leftOut() > 0) {
      remarks.add("There are %,d poisoned sets more.".formatted(plan.leftOut()));
    }
    return new Gallery(
        plan.repair(),
        asked.stream().map(OutputGalleries::shown).toList(),
        NewPng.reduction(shape),
        remarks);
  }

  private static Gallery.Shown shown(AskedImages asked) {
    ImageSet set = asked.set();
    return new Gallery.Shown(
        set.name(), set.role(), asked.images().stream().map(OutputGalleries::image).toList());
  }

  private static Gallery.Image image(Asked asked) {
    PickedImage image = asked.image();
    NewPng png = NewPng.of(image.pixels(), 0);
    return new Gallery.Image(
        image.place(),
        new Gallery.Picture(png.width(), png.height(), png.file()),
        image.label(),
        image.trueLabel(),
        new Gallery.Answers(told(asked.answer().original()), told(asked.answer().repaired())));
  }

  private static Gallery.Told told(Scores scores) {
    return new Gallery.Told(scores.answer(), scores.highest(), areProbabilities(scores.scores()));
  }

  /** As those of a network are that ends in a softmax. */
  static boolean areProbabilities(float[] scores) {
    double sum = 0;
    for (float score : scores) {
      if (!(score >= 0 && score <= 1)) {
        return false;
      }
      sum += score;
    }
    return Math.abs(sum - 1) <= ROUNDING;
  }
}
