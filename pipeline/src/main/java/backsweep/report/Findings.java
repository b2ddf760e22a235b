package backsweep.report;

import backsweep.store.Tables.UnitRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

  /** When the last result was committed. */
  public Optional<Instant> finished() {
    return units.stream().map(UnitRow::finished).max(Instant::compareTo);
  }

  /** When the first run began of whose results some count. */
  public Optional<Instant> started() {
    return units.stream().map(UnitRow::started).min(Instant::compareTo);
  }
}
