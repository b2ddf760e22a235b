package backsweep.tensorflow;

/** The names under which the models of {@link NetworkModels} take and give tensors. */
public final class Signatures {

  /** The signature of every model; what DJL takes where none is named. */
  public static final String DEFAULT = "serving_default";

  /**
   * The second signature of a detector: what the network and the repaired one answer, {@link
   * #ORIGINAL} and {@link #REPAIRED}, {@link #ORIGINAL_CLASS} and {@link #REPAIRED_CLASS}, and what
   * the detector makes of it, {@link #CLASS}.
   */
  public static final String ANSWERS = "answers";

  /** Input {@code (image, height, width, channel)} float32: pixels as they were read. */
  public static final String IMAGE = "image";

  /** Output {@code (image, channel)} float64: mean activation over the positions. */
  public static final String MEAN = "mean";

  /** Output {@code (image, channel)} float32: largest activation over the positions. */
  public static final String MAXIMUM = "max";

  /** Output {@code (image, channel)} int32: how many positions are exactly 0. */
  public static final String ZEROS = "zeros";

  /** Output, a single int32: how many positions a channel has in an image, all calls together. */
  public static final String POSITIONS = "positions";

  /** Output {@code (image, channel)} bool: whether any masked activation is not 0. */
  public static final String ACTIVE = "active";

  /** Input {@code (image)} int32: the class of each image. */
  public static final String LABEL = "label";

  /**
   * Output {@code (image, channel)} float64: the absolute derivative of the image's loss by a
   * factor on the channel, over the positions.
   */
  public static final String IMPORTANCE = "importance";

  /** Input {@code (pair)} int32: which image of the block. */
  public static final String ROW = "row";

  /** Input {@code (pair)} int32: how many channels of the order are pruned. */
  public static final String STEP = "step";

  /**
   * Input {@code (channel)} int32: place in the pruning order from 1; what is never pruned, last.
   */
  public static final String RANK = "rank";

  /** Input {@code (channel)} int32: the channels that are not 0 for all pairs, and maybe more. */
  public static final String LIVE = "live";

  /** Output {@code (pair)} or {@code (image)} int32: the class answered. */
  public static final String CLASS = "class";

  /** Output {@code (image, class)} float32: the network's answer. */
  public static final String PROBABILITY = "probability";

  /** Output {@code (image, class)} float32: what the network answers that is not repaired. */
  public static final String ORIGINAL = "original";

  /** Output {@code (image)} int32: its class; of equal scores the lowest. */
  public static final String ORIGINAL_CLASS = "original_class";

  /** Output {@code (image, class)} float32: what the repaired network answers. */
  public static final String REPAIRED = "repaired";

  /** Output {@code (image)} int32: its class; of equal scores the lowest. */
  public static final String REPAIRED_CLASS = "repaired_class";

  private Signatures() {}

  /** A tensor that crosses the cut, by its place in {@code Cut.crossing}: {@code cut_00}, ... */
  public static String cut(int place) {
    return "cut_%02d".formatted(place);
  }
}
