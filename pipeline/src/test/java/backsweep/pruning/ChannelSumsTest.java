package backsweep.pruning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ChannelSumsTest {

  private static final int POSITIONS = 20;

  @Example
  void ofTwoImagesByHand() {
    // images x channels: channel 1 is 0 in the first image
    ChannelSums statistics =
        ChannelSums.of(
            2, 4, new double[] {0.5, 0, 1.5, 2}, new float[] {2, 0, 3, -1}, new int[] {3, 4, 0, 1});

    assertThat(statistics.channels()).isEqualTo(2);
    assertThat(statistics.statistics().images()).isEqualTo(2);
    assertThat(statistics.statistics().channel(0).mean()).isEqualTo(1);
    assertThat(statistics.statistics().channel(1).mean()).isEqualTo(1);
    assertThat(statistics.statistics().channel(0).maximum()).isEqualTo(3);
    assertThat(statistics.statistics().channel(1).maximum()).isEqualTo(0);
    assertThat(statistics.statistics().channel(0).activeShare()).isEqualTo(1);
    assertThat(statistics.statistics().channel(1).activeShare()).isEqualTo(0.5);
    assertThat(statistics.statistics().channel(0).zeroShare()).isEqualTo(3 / 8.0);
    assertThat(statistics.statistics().channel(1).zeroShare()).isEqualTo(5 / 8.0);
  }

  @Example
  void negativeMaximumStaysNegative() {
    ChannelSums statistics =
        ChannelSums.of(1, 1, new double[] {-2}, new float[] {-2}, new int[] {0});

    assertThat(ChannelSums.none(1).merge(statistics).statistics().channel(0).maximum())
        .isEqualTo(-2);
  }

  @Example
  void activationThatIsNoNumberIsNotLost() {
    ChannelSums broken =
        ChannelSums.of(1, 1, new double[] {Double.NaN}, new float[] {Float.NaN}, new int[] {0});
    ChannelSums sound = ChannelSums.of(1, 1, new double[] {1}, new float[] {1}, new int[] {0});

    assertThat(sound.merge(broken).merge(sound).statistics().channel(0).mean()).isNaN();
    assertThat(sound.merge(broken).merge(sound).statistics().channel(0).maximum()).isNaN();
  }

  @Example
  void statisticsOfOtherChannelsAreNotMerged() {
    assertThatThrownBy(() -> ChannelSums.none(3).merge(ChannelSums.none(4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected sums of 3 channels, found 4");
  }

  @Property
  void everyShardingGivesTheSameAsAllAtOnce(
      @ForAll @IntRange(min = 1, max = 5) int channels, @ForAll long seed) {
    Random random = new Random(seed);
    Shard all = Shard.random(random, 1 + random.nextInt(40), channels);
    ChannelSums expected = all.statistics();
    ChannelSums merged = ChannelSums.none(channels);
    for (ChannelSums part : all.shards(random)) {
      merged = merged.merge(part);
    }

    assertThat(merged.statistics().images()).isEqualTo(expected.statistics().images());
    for (int channel = 0; channel < channels; channel++) {
      assertThat(merged.statistics().channel(channel).maximum())
          .isEqualTo(expected.statistics().channel(channel).maximum());
      assertThat(merged.statistics().channel(channel).activeShare())
          .isEqualTo(expected.statistics().channel(channel).activeShare());
      assertThat(merged.statistics().channel(channel).zeroShare())
          .isEqualTo(expected.statistics().channel(channel).zeroShare());
      assertThat(merged.statistics().channel(channel).mean())
          .isCloseTo(expected.statistics().channel(channel).mean(), within(1e-12));
    }
  }

  @Property
  void noImagesChangeNothingToTheLastBit(
      @ForAll @IntRange(min = 1, max = 5) int channels, @ForAll long seed) {
    Random random = new Random(seed);
    ChannelSums statistics = Shard.random(random, 7, channels).statistics();
    ChannelSums none = ChannelSums.none(channels);

    for (ChannelSums merged : List.of(none.merge(statistics), statistics.merge(none))) {
      assertThat(merged.statistics().images()).isEqualTo(7);
      for (int channel = 0; channel < channels; channel++) {
        assertThat(merged.statistics().channel(channel).mean())
            .isEqualTo(statistics.statistics().channel(channel).mean());
        assertThat(merged.statistics().channel(channel).maximum())
            .isEqualTo(statistics.statistics().channel(channel).maximum());
      }
    }
  }

  @Property
  void blocksMergedInOrderGiveTheSameBitsHoweverTheyWereGathered(@ForAll long seed) {
    Random random = new Random(seed);
    List<ChannelSums> blocks = Shard.random(random, 30, 2).shards(random);
    ChannelSums expected = blocks.stream().reduce(ChannelSums::merge).orElseThrow();
    ChannelSums withEmpties = ChannelSums.none(2);
    for (ChannelSums block : blocks) {
      withEmpties = withEmpties.merge(block).merge(ChannelSums.none(2));
    }

    assertThat(withEmpties.statistics().channel(0).mean())
        .isEqualTo(expected.statistics().channel(0).mean());
    assertThat(withEmpties.statistics().channel(1).mean())
        .isEqualTo(expected.statistics().channel(1).mean());
  }

  /** What was measured on some images, {@code (image, channel)}. */
  @SuppressWarnings("ArrayRecordComponent") // a test's own values
  private record Shard(int channels, double[] means, float[] maxima, int[] zeros) {

    static Shard random(Random random, int images, int channels) {
      Shard shard =
          new Shard(
              channels,
              new double[images * channels],
              new float[images * channels],
              new int[images * channels]);
      for (int i = 0; i < images * channels; i++) {
        shard.means[i] = random.nextGaussian();
        shard.maxima[i] = (float) random.nextGaussian();
        shard.zeros[i] = random.nextBoolean() ? POSITIONS : random.nextInt(POSITIONS);
      }
      return shard;
    }

    int images() {
      return means.length / channels;
    }

    ChannelSums statistics() {
      return ChannelSums.of(images(), POSITIONS, means, maxima, zeros);
    }

    /** Cut into consecutive parts, with empty ones in between. */
    List<ChannelSums> shards(Random random) {
      List<ChannelSums> shards = new ArrayList<>();
      int first = 0;
      while (first < images()) {
        int last = first + 1 + random.nextInt(images() - first);
        shards.add(slice(first * channels, last * channels).statistics());
        if (random.nextBoolean()) {
          shards.add(ChannelSums.none(channels));
        }
        first = last;
      }
      return shards;
    }

    private Shard slice(int first, int last) {
      return new Shard(
          channels,
          Arrays.copyOfRange(means, first, last),
          Arrays.copyOfRange(maxima, first, last),
          Arrays.copyOfRange(zeros, first, last));
    }
  }
}
