package backsweep.pruning;

import backsweep.pruning.ChannelStatistics.Channel;

/** Criteria that look at what the channels do on clean validation images, ties by channel index. */
public enum ActivationCriterion implements Criterion {
  /**
   * Increasing mean activation over images and positions: channels that clean images leave dormant
   * go first (Liu et al., "Fine-Pruning", RAID 2018).
   */
  MEAN_ACTIVATION("mean-activation"),

  /** Increasing maximum activation over images and positions. */
  MAX_ACTIVATION("max-activation"),

  /** Increasing share of images in which the channel is not 0 everywhere. */
  ACTIVE_SHARE("active-share"),

  /**
   * Decreasing share of zeros over images and positions, the "average percentage of zeros" (Hu et
   * al., "Network Trimming", arXiv 1607.03250, 2016).
   */
  APOZ("apoz");

  private final String label;

  ActivationCriterion(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public PruningOrder order(Evidence evidence) {
    double[] scores = evidence.statistics().channels().stream().mapToDouble(this::score).toArray();
    return this == APOZ ? PruningOrder.decreasing(scores) : PruningOrder.increasing(scores);
  }

  private double score(Channel channel) {
    return switch (this) {
      case MEAN_ACTIVATION -> channel.mean();
      case MAX_ACTIVATION -> channel.maximum();
      case ACTIVE_SHARE -> channel.activeShare();
      case APOZ -> channel.zeroShare();
    };
  }
}
