package backsweep.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import backsweep.images.ImageSet;
import backsweep.pruning.ActivationCriterion;
import backsweep.pruning.Criterion;
import backsweep.pruning.PruningCurve;
import backsweep.pruning.RandomOrder;
import backsweep.stages.Defence;
import backsweep.stages.DefenceRequest;
import backsweep.stages.DefenceRequest.ImageFiles;
import backsweep.stages.DefendNetwork;
import backsweep.stages.Repair;
import backsweep.stages.RepairEvaluation;
import backsweep.stages.Run;
import backsweep.store.ResultStore;
import backsweep.store.Tables.ActivationRow;
import backsweep.testing.Golden;
import backsweep.testing.LocalSpark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read from the tables is what the runs found. */
class ReadFindingsTest {

  private static final List<Criterion> CRITERIA =
      List.of(new RandomOrder(1), ActivationCriterion.MEAN_ACTIVATION, new RandomOrder(2));

  @TempDir private static Path output;
  private static final List<Defence> DEFENCES = new ArrayList<>();
  private static Findings findings;

  /** One of them twice, at first with clean images under the name of the poisoned ones. */
  @BeforeAll
  static void defendTwo() {
    DefenceRequest exchanged = Golden.BN_AFTER.request(output, 2);
    ImageFiles images = exchanged.images();
    defend(
        new DefenceRequest(
            exchanged.network(),
            new ImageFiles(
                images.cleanValidation(),
                images.cleanTest(),
                Map.of("poisoned", images.cleanTest().orElseThrow())),
            exchanged.repairs(),
            exchanged.work()));
    for (Golden golden : List.of(Golden.SIGMOID_AFTER, Golden.BN_AFTER)) {
      DEFENCES.addAll(defend(golden.request(output, 2)));
    }
    findings = ReadFindings.of(new ResultStore(LocalSpark.session(), output.toString()));
  }

  private static List<Defence> defend(DefenceRequest request) {
    DefendNetwork defend = new DefendNetwork(LocalSpark.session(), request, CRITERIA);
    return defend.execute(defend.plan(), Run.begin(Map.of())).done();
  }

  @Test
  void everyNetworkHasItsCriteriaAndChanceIsLast() {
    assertThat(findings.networks())
        .extracting(network -> network.network().network())
        .containsExactly(
            DEFENCES.get(CRITERIA.size()).plan().subject().name(),
            DEFENCES.get(0).plan().subject().name())
        .isSorted();
    assertThat(findings.networks())
        .allSatisfy(
            network ->
                assertThat(network.criteria())
                    .extracting(CriterionFindings::name)
                    .containsExactly("mean-activation", "random-1", "random-2"));
    assertThat(findings.failures()).isEmpty();
  }

  @Test
  void curvesStatisticsAndMeasuresAreThoseOfTheRuns() {
    for (Defence defence : DEFENCES) {
      NetworkFindings network = network(defence);
      assertThat(network.channels())
          .extracting(row -> row.mean())
          .isEqualTo(
              defence.statistics().channels().stream().map(channel -> channel.mean()).toList());
      CriterionFindings criterion = criterion(network, defence);
      assertThat(criterion.curves()).hasSize(defence.curves().size());
      defence.curves().forEach(curve -> assertSame(criterion, curve));
      assertThat(criterion.repairs()).hasSize(defence.repairs().size());
      for (int i = 0; i < defence.repairs().size(); i++) {
        assertSame(criterion.repairs().get(i), defence, defence.repairs().get(i));
      }
      assertThat(criterion.detectors()).hasSize(1);
    }
  }

  private static void assertSame(CriterionFindings criterion, PruningCurve curve) {
    SetCurve found = criterion.curve(curve.imageSet().name()).orElseThrow();
    assertThat(found.steps()).hasSize(curve.steps().size());
    long flagged = 0;
    for (int step = 0; step < curve.steps().size(); step++) {
      assertThat(found.labelShare(step)).isEqualTo(curve.at(step).labelShare());
      flagged += curve.at(step).firstDisagreements();
      assertThat(found.flaggedBy(step).hits()).isEqualTo(flagged);
    }
  }

  private static void assertSame(RepairFindings found, Defence defence, Repair repair) {
    assertThat(found.isMade()).isEqualTo(repair.step().isPresent());
    Optional<PruningCurve> poisoned = Optional.of(defence.poisoned().get(0));
    RepairEvaluation expected = RepairEvaluation.of(defence, repair, poisoned);
    Measures measures = found.measures().get(0);
    assertThat(measures.imageSet()).contains("poisoned");
    assertThat(measures.original().attackSuccessRate())
        .isEqualTo(expected.original().attackSuccess().orElseThrow().fraction());
    assertThat(measures.effectiveness())
        .isEqualTo(expected.repaired().effectiveness().map(rating -> rating.rating()));
    expected
        .goodNet()
        .truePositives()
        .ifPresent(
            share ->
                assertThat(measures.goodNet().truePositiveRate())
                    .isCloseTo(share.fraction(), within(0.0)));
  }

  @Test
  void ofSetsOfOneNameTheLastCounts() {
    NetworkFindings network = network(DEFENCES.get(CRITERIA.size()));

    CriterionFindings criterion = network.chosen().get(0);
    assertThat(network.poisonedSets()).containsExactly("poisoned");
    assertThat(criterion.poisoned()).hasSize(1);
    assertThat(criterion.poisoned().get(0).labelShare(0))
        .isNotEqualTo(criterion.curve(ImageSet.CLEAN_TEST).orElseThrow().labelShare(0));
    assertThat(criterion.repairs()).allSatisfy(repair -> assertThat(repair.measures()).hasSize(1));
    assertThat(criterion.detectors()).hasSize(1);
  }

  @Test
  void activationsAreThoseOfTheNetworkAndOfTheLastSetOfAName() {
    for (Defence defence : DEFENCES) {
      List<SetActivations> activations = network(defence).activations();

      assertThat(activations)
          .extracting(SetActivations::name)
          .containsExactly(ImageSet.CLEAN_VALIDATION, "poisoned");
      assertThat(activations)
          .allSatisfy(
              set ->
                  assertThat(set.channels())
                      .hasSameSizeAs(defence.statistics().channels())
                      .allSatisfy(row -> assertThat(row.network()).isEqualTo(name(defence))));
      assertThat(activations.get(1).channels())
          .extracting(ActivationRow::imageSetSha256)
          .containsOnly(defence.poisoned().get(0).imageSet().sha256());
    }
  }

  private static String name(Defence defence) {
    return defence.plan().subject().name();
  }

  @Test
  void oneNetworkCanBeLookedAtAlone() {
    String name = DEFENCES.get(0).plan().subject().name();

    Findings one = findings.only(Set.of(name));

    assertThat(one.networks()).hasSize(1);
    assertThat(one.units()).isNotEmpty().allSatisfy(u -> assertThat(u.network()).isEqualTo(name));
  }

  @Test
  void thePageTellsOfAll() {
    String html = new ReportPage(findings, Galleries.NONE, "out").html();

    assertThat(html).contains("2 networks, pruned channel by channel", "<svg", "2 random orders");
    assertThat(html)
        .containsPattern("Poisoned images of poisoned drive (no channel|\\d+ of \\d+ channels)")
        .contains("A channel is driven where", "<dt>driven by poisoned</dt>");
    for (Defence defence : DEFENCES) {
      assertThat(html).contains(">" + defence.plan().subject().name() + "<");
    }
    assertThat(html.replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("http:", "https:", "url(", "@import", "src=");
  }

  private static NetworkFindings network(Defence defence) {
    return findings.networks().stream()
        .filter(one -> one.network().network().equals(defence.plan().subject().name()))
        .findFirst()
        .orElseThrow();
  }

  private static CriterionFindings criterion(NetworkFindings network, Defence defence) {
    return network.criteria().stream()
        .filter(one -> one.name().equals(defence.plan().criterion().label()))
        .findFirst()
        .orElseThrow();
  }
}
