package backsweep.network;

import java.io.Serializable;
import java.util.BitSet;
import java.util.Collection;

/** Which output channels of a convolution are kept; the others are pruned. A value. */
public final class ChannelMask implements Serializable {

  private static final long serialVersionUID = 1;

  private final int channels;
  private final BitSet pruned;

  private ChannelMask(int channels, BitSet pruned) {
    this.channels = channels;
    this.pruned = pruned;
  }

  /**
   * The mask that prunes these channels and keeps the rest.
   *
   * @throws IllegalArgumentException if a channel is not in {@code 0..channels-1}
   */
  public static ChannelMask pruning(int channels, Collection<Integer> pruned) {
    BitSet bits = new BitSet(channels);
    for (int channel : pruned) {
      if (channel < 0 || channel >= channels) {
        throw new IllegalArgumentException(
            "channels go from 0 to %d, found %d".formatted(channels - 1, channel));
      }
      bits.set(channel);
    }
    return new ChannelMask(channels, bits);
  }

  /** The number of channels, kept and pruned. */
  public int channels() {
    return channels;
  }

  /** Whether a channel is kept. */
  public boolean keeps(int channel) {
    return !pruned.get(channel);
  }

  /** The pruned channels in increasing order. */
  public int[] pruned() {
    return pruned.stream().toArray();
  }

  /** The mask as an array {@code (channel)}: true where kept. */
  public boolean[] toArray() {
    boolean[] kept = new boolean[channels];
    for (int channel = 0; channel < channels; channel++) {
      kept[channel] = keeps(channel);
    }
    return kept;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChannelMask mask
        && channels == mask.channels
        && pruned.equals(mask.pruned);
  }

  @Override
  public int hashCode() {
    return 31 * channels + pruned.hashCode();
  }

  @Override
  public String toString() {
    return "pruned " + pruned + " of " + channels;
  }
}
