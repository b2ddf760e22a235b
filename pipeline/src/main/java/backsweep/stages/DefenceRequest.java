package backsweep.stages;

import backsweep.images.ImageLayout;
import backsweep.pruning.StoppingRule;
import backsweep.training.FineTuning;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is defended, with which images, how it is repaired and where results go. Files are on any
 * Hadoop path.
 *
 * @param network what is defended
 * @param images with which it is
 * @param repairs that are wanted
 * @param work how it is done
 * @param strip the detector that G is compared with, if it is
 */
public record DefenceRequest(
    NetworkFile network, ImageFiles images, Repairs repairs, Work work, Optional<Strip> strip) {

  /** Without another detector than G. */
  public DefenceRequest(NetworkFile network, ImageFiles images, Repairs repairs, Work work) {
    this(network, images, repairs, work, Optional.empty());
  }

  /**
   * A network and where it is pruned.
   *
   * @param path a Keras file
   * @param architecture a JSON file, needed where {@code path} has weights only
   * @param inputScale pixels are divided by this before the first layer
   * @param layer the convolution to prune; empty for the default
   * @param statisticsLayer the layer that ranks its channels; empty for the default
   */
  public record NetworkFile(
      String path,
      Optional<String> architecture,
      float inputScale,
      Optional<String> layer,
      Optional<String> statisticsLayer) {}

  /**
   * Files, and folders, of images.
   *
   * @param cleanValidation what statistics and stopping rules see
   * @param cleanTest what clean accuracy is reported on
   * @param poisoned what attack success is reported on, by name
   * @param reading how they are understood
   */
  public record ImageFiles(
      String cleanValidation,
      Optional<String> cleanTest,
      Map<String, String> poisoned,
      Reading reading) {

    /** Files that say everything themselves. */
    public ImageFiles(
        String cleanValidation, Optional<String> cleanTest, Map<String, String> poisoned) {
      this(cleanValidation, cleanTest, poisoned, Reading.PLAIN);
    }

    /** Copies the map, keeping its order. */
    public ImageFiles {
      poisoned = Collections.unmodifiableMap(new LinkedHashMap<>(poisoned));
    }
  }

  /**
   * What a person says about images.
   *
   * @param layout of HDF5 files; empty for the one whose images the network takes
   * @param isResized whether pictures of other sizes are scaled to the network's
   * @param target what the images in folders of poisoned pictures are labelled with
   */
  public record Reading(Optional<ImageLayout> layout, boolean isResized, OptionalInt target) {

    /** Nothing. */
    public static final Reading PLAIN = new Reading(Optional.empty(), false, OptionalInt.empty());
  }

  /**
   * The repairs wanted.
   *
   * @param rules a repair for each
   * @param verify on which images a repaired file is compared with the curve
   * @param fineTune how repaired networks are fine-tuned, if they are
   */
  public record Repairs(
      List<StoppingRule> rules, VerifyRepairs.Extent verify, Optional<FineTune> fineTune) {

    /** Repairs that are not fine-tuned. */
    public Repairs(List<StoppingRule> rules, VerifyRepairs.Extent verify) {
      this(rules, verify, Optional.empty());
    }

    /** Copies the rules. */
    public Repairs {
      rules = List.copyOf(rules);
    }
  }

  /**
   * Fine-tuning.
   *
   * @param images clean images that repaired networks learn from
   * @param how they learn
   */
  public record FineTune(String images, FineTuning how) {}

  /**
   * How the work is done.
   *
   * @param output the directory for all results
   * @param partitions partitions of every image set; 0 for as many as there are cores
   * @param pairsPerBatch (image, step) pairs that are answered at once
   * @param isFailedRetried whether that is tried again at which an earlier run failed
   */
  public record Work(String output, int partitions, int pairsPerBatch, boolean isFailedRetried) {

    /** Work that leaves alone what failed before. */
    public Work(String output, int partitions, int pairsPerBatch) {
      this(output, partitions, pairsPerBatch, false);
    }
  }
}
