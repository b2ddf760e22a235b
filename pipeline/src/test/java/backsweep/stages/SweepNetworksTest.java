package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import backsweep.images.ImageSet;
import backsweep.network.Activation;
import backsweep.network.Network;
import backsweep.network.Padding;
import backsweep.network.Pooling;
import backsweep.network.Reduction;
import backsweep.network.Weights;
import backsweep.network.Window;
import backsweep.pruning.ActivationCriterion;
import backsweep.pruning.Criterion;
import backsweep.pruning.KernelNorm;
import backsweep.stages.DefenceRequest.NetworkFile;
import backsweep.stages.DefenceRequest.Work;
import backsweep.store.ResultStore;
import backsweep.store.Tables;
import backsweep.store.Tables.PruningCurveRow;
import backsweep.store.Tables.UnitRow;
import backsweep.testing.Golden;
import backsweep.testing.LocalSpark;
import backsweep.testing.NetworkSketch;
import backsweep.testing.SparkEvents;
import backsweep.writing.KerasWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepNetworksTest {

  private static final List<Criterion> CRITERIA =
      List.of(ActivationCriterion.MEAN_ACTIVATION, new KernelNorm());
  private static final List<Golden> GOLDEN = List.of(Golden.BN_AFTER, Golden.SIGMOID_AFTER);

  /** Each of them once for all networks. */
  private static final List<String> JOBS =
      List.of("channel statistics", "pruning curves", "what triggers drive");

  @TempDir private Path folder;
  private Path broken;
  private Path infinite;

  @BeforeEach
  void makeNetworks() throws IOException {
    broken = Files.writeString(folder.resolve("broken.h5"), "no network");
    Network network =
        new NetworkSketch(1, 24, 20, 3)
            .convolution("first", 4)
            .convolution("last", 4)
            .activation("stat", Activation.Relu.PLAIN)
            .classes(64);
    infinite = folder.resolve("infinite.h5");
    Weights large = enlarged(enlarged(network.weights(), "first"), "last");
    KerasWriter.write(new Network(network.graph(), large), infinite);
  }

  private static Weights enlarged(Weights weights, String layer) {
    return weights.with(layer, "kernel", weights.get(layer, "kernel").dividedBy(1e-30f));
  }

  /** What a sweep told. */
  private static final class Told implements SweepWatch {

    private final Map<String, List<Defence>> defended = new LinkedHashMap<>();
    private final Map<String, Failure> failed = new LinkedHashMap<>();

    @Override
    public void defended(DefenceRequest network, Defences defences) {
      defended.put(stem(network), defences.done());
    }

    @Override
    public void failed(DefenceRequest network, Failure failure) {
      failed.put(stem(network), failure);
    }

    private static String stem(DefenceRequest network) {
      return Path.of(network.network().path()).getFileName().toString().replaceFirst("\\..*", "");
    }
  }

  private DefenceRequest golden(Golden golden) {
    return golden.request(folder.resolve("out"), 2);
  }

  /** A network that takes the images of {@link Golden#BN_AFTER}. */
  private DefenceRequest other(Path file) {
    DefenceRequest like = golden(Golden.BN_AFTER);
    NetworkFile network = like.network();
    return new DefenceRequest(
        new NetworkFile(
            file.toString(),
            Optional.empty(),
            network.inputScale(),
            network.layer(),
            network.statisticsLayer()),
        like.images(),
        like.repairs(),
        like.work());
  }

  private Told sweep(List<DefenceRequest> networks, int perBatch, boolean isRetried) {
    Told told = new Told();
    new SweepNetworks(
            LocalSpark.session(),
            new SweepRequest(
                networks.stream().map(one -> retrying(one, isRetried)).toList(),
                CRITERIA,
                perBatch))
        .execute(Run.begin(Map.of()), told);
    return told;
  }

  private static DefenceRequest retrying(DefenceRequest request, boolean isRetried) {
    Work work = request.work();
    return new DefenceRequest(
        request.network(),
        request.images(),
        request.repairs(),
        new Work(work.output(), work.partitions(), work.pairsPerBatch(), isRetried));
  }

  private List<UnitRow> units() {
    return new ResultStore(LocalSpark.session(), folder.resolve("out").toString())
        .committed(Tables.UNITS);
  }

  @Test
  void givesWhatEveryNetworkGivesAlone() {
    List<DefenceRequest> networks = GOLDEN.stream().map(this::golden).toList();
    List<Told> told = new ArrayList<>();
    List<Optional<String>> jobs =
        SparkEvents.descriptions(() -> told.add(sweep(networks, 16, false)));

    assertThat(told.get(0).failed).isEmpty();
    for (Golden golden : GOLDEN) {
      List<Defence> together = told.get(0).defended.get(golden.name());
      DefenceRequest alone = golden.request(folder.resolve("alone"), 1);
      DefendNetwork defend = new DefendNetwork(LocalSpark.session(), alone, CRITERIA);
      assertSame(together, defend.execute(defend.plan(), Run.begin(Map.of())).done());
    }
    assertThat(jobs.stream().flatMap(Optional::stream))
        .filteredOn(job -> JOBS.stream().anyMatch(job::contains))
        .hasSameSizeAs(JOBS)
        .allMatch(job -> job.startsWith("networks 1-2 of 2: "))
        .allMatch(job -> job.endsWith("of 2 networks"));
  }

  private static void assertSame(List<Defence> found, List<Defence> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      Defence one = found.get(i);
      Defence other = expected.get(i);
      assertThat(one.plan().criterion()).isEqualTo(other.plan().criterion());
      assertThat(one.statistics()).isEqualTo(other.statistics());
      assertThat(one.order()).isEqualTo(other.order());
      assertThat(one.curves()).isEqualTo(other.curves());
      assertThat(one.repairs()).isNotEmpty().isEqualTo(other.repairs());
    }
  }

  @Test
  void oneThatFailsIsToldAndTheOthersGoOn() throws IOException {
    Path copy = folder.resolve("copy.keras");
    Files.copy(Path.of(golden(Golden.BN_AFTER).network().path()), copy);
    List<DefenceRequest> networks =
        List.of(
            other(broken),
            golden(Golden.BN_AFTER),
            other(infinite),
            other(folder.resolve("gone.h5")),
            other(copy),
            golden(Golden.SIGMOID_AFTER));

    Told first = sweep(networks, 16, false);

    assertThat(first.defended.keySet())
        .containsExactlyInAnyOrder("bn_after", "copy", "sigmoid_after");
    assertThat(first.failed).containsOnlyKeys("broken", "infinite", "gone");
    assertThat(first.failed.get("broken").stage()).isEqualTo("inputs");
    assertThat(first.failed.get("broken").reason()).contains(broken.toString());
    assertThat(first.failed.get("infinite").stage()).isEqualTo("statistics");
    assertThat(first.failed.get("infinite").reason()).contains("stat");
    assertThat(units())
        .filteredOn(unit -> unit.kind().equals("defence"))
        .extracting(unit -> unit.network().replaceFirst("-.*", ""), UnitRow::status)
        .containsExactlyInAnyOrder(
            tuple("broken", "failed"), tuple("infinite", "failed"), tuple("gone", "failed"));
    assertNoRowTwice();

    int committed = units().size();
    Told second = sweep(networks, 16, false);
    assertThat(second.defended.keySet()).isEqualTo(first.defended.keySet());
    assertThat(second.failed).containsOnlyKeys(first.failed.keySet());
    assertEarlier(second.failed.get("broken"), first.failed.get("broken"));
    assertEarlier(second.failed.get("infinite"), first.failed.get("infinite"));
    assertThat(second.failed.get("gone")).as("tried again").isEqualTo(first.failed.get("gone"));
    assertThat(units()).hasSize(committed);

    Files.copy(copy, folder.resolve("gone.h5"));
    Told third = sweep(List.of(other(folder.resolve("gone.h5")), other(broken)), 1, true);
    assertThat(third.failed.get("broken").stage()).isEqualTo("inputs");
    assertThat(third.failed.get("broken").earlier()).isEmpty();
  }

  /** What a thousand channels say of themselves is more than the driver takes here. */
  @Test
  void aJobThatSparkGivesUpCostsOneNetwork() {
    Network network =
        new NetworkSketch(1, 24, 20, 3)
            .then("pool", new Pooling(Reduction.AVERAGE, new Window(12, 10, 12, 10, Padding.VALID)))
            .convolution("last", 5000)
            .activation("stat", Activation.Relu.PLAIN)
            .classes(64);
    Path wide = folder.resolve("wide.h5");
    KerasWriter.write(network, wide);
    SparkConf conf = LocalSpark.session().sparkContext().conf();
    Told told;
    conf.set("spark.driver.maxResultSize", "150k");
    try {
      told = sweep(List.of(other(wide), golden(Golden.BN_AFTER)), 16, false);
    } finally {
      conf.remove("spark.driver.maxResultSize");
    }

    assertThat(told.defended).containsOnlyKeys("bn_after");
    assertThat(told.failed).containsOnlyKeys("wide");
    assertThat(told.failed.get("wide").stage()).isEqualTo("statistics");
    assertThat(told.failed.get("wide").reason())
        .contains("is bigger than spark.driver.maxResultSize")
        .doesNotContain("\n");
  }

  private static void assertEarlier(Failure found, Failure first) {
    assertThat(found.earlier()).isPresent();
    assertThat(new Failure(found.stage(), found.reason())).isEqualTo(first);
  }

  /** Of a network that is there twice, under two names. */
  private void assertNoRowTwice() {
    List<PruningCurveRow> rows =
        new ResultStore(LocalSpark.session(), folder.resolve("out").toString())
            .committed(Tables.PRUNING_CURVE);
    assertThat(rows).isNotEmpty();
    assertThat(
            rows.stream().map(row -> row.unit() + " " + row.imageSet() + " " + row.step()).toList())
        .doesNotHaveDuplicates();
    assertThat(rows).extracting(PruningCurveRow::imageSet).contains(ImageSet.CLEAN_VALIDATION);
  }
}
