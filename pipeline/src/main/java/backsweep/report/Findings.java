package backsweep.report;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import backsweep.store.Tables.UnitRow;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * All that an output knows, by network.
 *
 * @param networks by name
 * @param failures of networks, criteria and repairs
 * @param units the latest attempt at each unit of work
 */
public record Findings(
    List<NetworkFindings> networks, List<FailureFinding> failures, List<UnitRow> units) {

  /** Copies the lists. */
  public Findings {
    networks = List.copyOf(networks);
    failures = List.copyOf(failures);
    units = List.copyOf(units);
  }

  /** The same of networks of some names only, which are those of the tables. */
  public Findings only(Set<String> names) {
    return new Findings(
        networks.stream().filter(one -> names.contains(one.network().network())).toList(),
        failures.stream().filter(one -> names.contains(one.network())).toList(),
        units.stream().filter(one -> names.contains(one.network())).toList());
  }

  /** What networks are called, in their order: several of one name are numbered. */
  public List<String> labels() {
    Map<String, Long> named =
        networks.stream().collect(groupingBy(one -> one.network().network(), counting()));
    Map<String, Integer> seen = new HashMap<>();
    return networks.stream()
        .map(one -> one.network().network())
        .map(
            name ->
                named.get(name) == 1
                    ? name
                    : Texts.of("%s (%d)", name, seen.merge(name, 1, Integer::sum)))
        .toList();
  }

  /** The failures of each network, in the order of their names. */
  public Map<String, List<FailureFinding>> failuresByNetwork() {
    return failures.stream().collect(groupingBy(FailureFinding::network, TreeMap::new, toList()));
  }

  /** When the last result was committed. */
  public Optional<Instant> finished() {
    return units.stream().map(UnitRow::finished).max(Instant::compareTo);
  }

  /** When the first run began of whose results some count. */
  public Optional<Instant> started() {
    return units.stream().map(UnitRow::started).min(Instant::compareTo);
  }
}
