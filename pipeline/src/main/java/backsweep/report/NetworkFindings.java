package backsweep.report;

import backsweep.store.Tables.ChannelStatisticsRow;
import backsweep.store.Tables.DetectorRow;
import backsweep.store.Tables.NetworkRow;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a network that is pruned at one layer by one set of clean validation images.
 *
 * @param network its row
 * @param channels the statistics, from channel 0 on
 * @param criteria in the order of their names, random orders last
 * @param strip what STRIP does, by poisoned set
 * @param activations means on clean and on poisoned images; none where no poisoned set was given
 * @param background what all this rests on
 */
public record NetworkFindings(
    NetworkRow network,
    List<ChannelStatisticsRow> channels,
    List<CriterionFindings> criteria,
    List<DetectorRow> strip,
    List<SetActivations> activations,
    Background background) {

  /** Of which nothing else is known. */
  public NetworkFindings(
      NetworkRow network,
      List<ChannelStatisticsRow> channels,
      List<CriterionFindings> criteria,
      List<DetectorRow> strip) {
    this(network, channels, criteria, strip, List.of(), Background.NONE);
  }

  /** Copies the lists. */
  public NetworkFindings {
    channels = List.copyOf(channels);
    criteria = List.copyOf(criteria);
    strip = List.copyOf(strip);
    activations = List.copyOf(activations);
  }

  /** The orders that a defender may choose: random ones are only there to compare with. */
  public List<CriterionFindings> chosen() {
    return criteria.stream().filter(criterion -> !criterion.isRandom()).toList();
  }

  /** The orders that only chance made. */
  public List<CriterionFindings> random() {
    return criteria.stream().filter(CriterionFindings::isRandom).toList();
  }

  /** Everything that was measured of the original network, by the poisoned set. */
  public Optional<SetCurve> curve(String imageSet) {
    return criteria.stream().flatMap(criterion -> criterion.curve(imageSet).stream()).findFirst();
  }

  /** The names of the poisoned sets. */
  public List<String> poisonedSets() {
    return criteria.stream()
        .flatMap(criterion -> criterion.poisoned().stream())
        .map(SetCurve::name)
        .distinct()
        .sorted()
        .toList();
  }
}
