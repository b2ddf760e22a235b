package backsweep.testing;

import backsweep.pruning.ActivationCriterion;
import backsweep.stages.DefenceRequest;
import backsweep.stages.DefenceRequest.ImageFiles;
import backsweep.stages.DefenceRequest.NetworkFile;
import backsweep.stages.DefenceRequest.Work;
import backsweep.stages.DefendNetwork;
import backsweep.stages.Run;
import backsweep.store.ResultStore;
import backsweep.store.Table;
import backsweep.store.Tables;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A whole defence with its tables, its inputs and output on some file system.
 *
 * @param golden what is defended
 * @param input where a file of the local disk is on that file system
 * @param output there
 */
public record StoredDefence(Golden golden, UnaryOperator<String> input, String output) {

  /** The tables in which nothing is where nothing is fine-tuned and no other detector asked for. */
  public static final Set<String> LEFT_EMPTY =
      Set.of(Tables.FINE_TUNED_COUNTS.name(), Tables.ENTROPIES.name());

  private static final int PARTITIONS = 2;

  /** Runs it and writes its tables. */
  public void run() {
    DefendNetwork defend =
        new DefendNetwork(
            LocalSpark.session(), request(), List.of(ActivationCriterion.MEAN_ACTIVATION));
    defend.execute(defend.plan(), Run.begin(Map.of()));
  }

  private DefenceRequest request() {
    DefenceRequest local = golden.request(Path.of("unused"), PARTITIONS);
    NetworkFile network = local.network();
    ImageFiles images = local.images();
    Map<String, String> poisoned = new TreeMap<>(images.poisoned());
    poisoned.replaceAll((name, path) -> input.apply(path));
    return new DefenceRequest(
        new NetworkFile(
            input.apply(network.path()),
            network.architecture().map(input),
            network.inputScale(),
            network.layer(),
            network.statisticsLayer()),
        new ImageFiles(
            input.apply(images.cleanValidation()), images.cleanTest().map(input), poisoned),
        local.repairs(),
        new Work(output, PARTITIONS, local.work().pairsPerBatch()));
  }

  /** The rows that count by table, but for units, without what differs from run to run. */
  public Map<String, List<String>> tables() {
    ResultStore store = new ResultStore(LocalSpark.session(), output);
    Map<String, List<String>> tables = new TreeMap<>();
    for (Table<?> table : Tables.all()) {
      if (!table.equals(Tables.UNITS)) {
        tables.put(table.name(), rows(store, table));
      }
    }
    return tables;
  }

  private static List<String> rows(ResultStore store, Table<?> table) {
    return store.committed(table).stream()
        .map(row -> row.toString().replaceAll("attempt=[^,]*|file=[^,]*/", ""))
        .sorted()
        .toList();
  }
}
