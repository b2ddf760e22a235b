package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import backsweep.evaluation.Share;
import backsweep.evaluation.StepCounts;
import backsweep.images.FileHash;
import backsweep.pruning.ActivationCriterion;
import backsweep.pruning.ChannelStatistics.Channel;
import backsweep.pruning.Criterion;
import backsweep.pruning.GivenOrder;
import backsweep.pruning.PruningCurve;
import backsweep.pruning.StoppingRule;
import backsweep.pruning.StoppingRule.FirstBelow;
import backsweep.pruning.StoppingRule.LastWithin;
import backsweep.stages.DefenceRequest.ImageFiles;
import backsweep.stages.DefenceRequest.Repairs;
import backsweep.store.OutputLock;
import backsweep.store.ResultStore;
import backsweep.store.Table;
import backsweep.store.Tables;
import backsweep.store.Tables.ChannelStatisticsRow;
import backsweep.store.Tables.DetectorRow;
import backsweep.store.Tables.EvaluationRow;
import backsweep.store.Tables.ImageSetRow;
import backsweep.store.Tables.NetworkRow;
import backsweep.store.Tables.PruningCurveRow;
import backsweep.store.Tables.PruningOrderRow;
import backsweep.store.Tables.RepairedNetworkRow;
import backsweep.store.Tables.UnitRow;
import backsweep.testing.Golden;
import backsweep.testing.LocalSpark;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rows of a small defence against what it found out. */
class CommitResultsTest {

  private static final StoppingRule REACHED = new FirstBelow(new BigDecimal("2.50"));
  private static final StoppingRule BEFORE = new LastWithin(BigDecimal.TEN);
  private static final StoppingRule NEVER = new FirstBelow(BigDecimal.valueOf(100));

  private static final Run RUN =
      new Run("run", Instant.parse("2024-05-01T10:00:00Z"), Map.of("version", "test"));

  @TempDir private Path output;

  @Test
  void withAllSetsEveryRowIsThatOfTheDefence() {
    DefenceRequest request = Golden.BN_AFTER.request(output, 2);
    Defence defence =
        defend(
            request.images(), ActivationCriterion.MEAN_ACTIVATION, List.of(REACHED, BEFORE, NEVER));

    checkNetwork(defence);
    checkCurves(defence);
    checkRepairs(defence);
    checkEvaluations(defence);
    checkDetector(defence);
    List<UnitRow> units = read(Tables.UNITS);
    assertThat(units)
        .extracting(UnitRow::kind)
        .containsExactlyInAnyOrder(
            "statistics",
            "activations",
            "activations",
            "curve",
            "curve",
            "curve",
            "repair",
            "repair",
            "repair",
            "evaluation",
            "evaluation",
            "evaluation",
            "detector");
    assertThat(units).extracting(UnitRow::status).containsOnly("done");
    assertThat(units).extracting(UnitRow::started).containsOnly(RUN.started());
    assertThat(units).extracting(UnitRow::unit).doesNotHaveDuplicates();
    assertThat(units).extracting(UnitRow::attempt).doesNotHaveDuplicates();
  }

  private void checkNetwork(Defence defence) {
    NetworkRow network = read(Tables.NETWORKS).get(0);
    Path file = Path.of(defence.plan().subject().file().path());
    assertThat(network.networkSha256()).isEqualTo(FileHash.sha256(file));
    assertThat(network.network()).isEqualTo("bn_after-" + FileHash.sha256(file).substring(0, 8));
    assertThat(network.architectureSha256()).isNull();
    assertThat(network.inputScale()).isEqualTo(255);
    assertThat(List.of(network.height(), network.width(), network.imageChannels()))
        .containsExactly(24, 20, 3);
    assertThat(network.layer()).isEqualTo("last");
    assertThat(network.statisticsLayer()).isEqualTo("stat");
    List<ChannelStatisticsRow> channels = read(Tables.CHANNEL_STATISTICS);
    assertThat(channels).hasSize(network.channels());
    for (ChannelStatisticsRow row : channels) {
      Channel channel = defence.statistics().channel(row.channel());
      assertThat(row.layer()).isEqualTo("stat");
      assertThat(row.mean()).isEqualTo(channel.mean());
      assertThat(row.max()).isEqualTo(channel.maximum());
      assertThat(row.activeShare()).isEqualTo(channel.activeShare());
      assertThat(row.zeroShare()).isEqualTo(channel.zeroShare());
      assertThat(row.images()).isEqualTo(300);
    }
  }

  private void checkCurves(Defence defence) {
    assertThat(read(Tables.IMAGE_SETS))
        .extracting(ImageSetRow::imageSet, ImageSetRow::role, ImageSetRow::images)
        .containsExactlyInAnyOrder(
            tuple("clean-validation", "clean_validation", 300L),
            tuple("clean-test", "clean_test", 200L),
            tuple("poisoned", "poisoned", 100L));
    List<PruningOrderRow> order = read(Tables.PRUNING_ORDER);
    assertThat(order).hasSize(defence.order().lastStep());
    for (PruningOrderRow row : order) {
      assertThat(row.channel()).isEqualTo(defence.order().channelAt(row.rank()));
      assertThat(row.score()).isEqualTo(defence.order().scoreAt(row.rank()).getAsDouble());
      assertThat(row.criterion()).isEqualTo("mean-activation");
    }
    List<PruningCurveRow> rows = read(Tables.PRUNING_CURVE);
    assertThat(rows).hasSize(3 * (defence.order().lastStep() + 1));
    for (PruningCurve curve : defence.curves()) {
      for (int step = 0; step < curve.steps().size(); step++) {
        checkStep(rows, curve, step);
      }
    }
  }

  private static void checkStep(List<PruningCurveRow> rows, PruningCurve curve, int step) {
    PruningCurveRow row =
        rows.stream()
            .filter(r -> r.step() == step && r.imageSet().equals(curve.imageSet().name()))
            .findFirst()
            .orElseThrow();
    assertThat(row.channel()).isEqualTo(step == 0 ? -1 : curve.order().channelAt(step));
    assertThat(row.role()).isEqualTo(curve.imageSet().role().tableName());
    assertThat(row.imageSetSha256()).isEqualTo(curve.imageSet().sha256());
    assertThat(
            new StepCounts(
                row.images(),
                row.labelHits(),
                row.agreements(),
                row.agreedLabelHits(),
                row.firstDisagreements(),
                Optional.empty()))
        .isEqualTo(curve.at(step));
    assertThat(row.trueLabelHits()).isNull();
    assertThat(row.imagesNotTarget()).isNull();
    assertThat(row.targetHitsNotTarget()).isNull();
  }

  private void checkRepairs(Defence defence) {
    List<RepairedNetworkRow> rows = read(Tables.REPAIRED_NETWORKS);
    assertThat(rows).hasSize(3);
    for (Repair repair : defence.repairs().subList(0, 2)) {
      RepairedNetworkRow row = repairRow(rows, repair.rule());
      assertThat(row.step()).isEqualTo(repair.step().getAsInt());
      assertThat(row.sha256()).isEqualTo(FileHash.sha256(output.resolve(row.file())));
      assertThat(output.resolve(row.goodnet()).resolve("saved_model.pb")).exists();
      assertThat(row.reason()).isNull();
      assertThat(row.verifiedImages()).isEqualTo(256 + 200 + 100);
      assertThat(row.verifiedSets().split(","))
          .hasSize(3)
          .contains("first:" + defence.plan().validation().sha256());
      assertThat(row.fineTuned()).isFalse();
      assertThat(row.file())
          .isEqualTo(
              "repaired/%s/mean-activation-%s-%s.keras",
              row.network(), row.rule(), repair.rule().shortestDrop());
    }
    assertThat(repairRow(rows, REACHED).dropPercent()).isEqualTo(2.5);
    RepairedNetworkRow never = repairRow(rows, NEVER);
    assertThat(never.step()).isNull();
    assertThat(never.file()).isNull();
    assertThat(never.sha256()).isNull();
    assertThat(never.goodnet()).isNull();
    assertThat(never.verifiedImages()).isNull();
    assertThat(never.reason()).isEqualTo("clean validation accuracy never falls by 100 points");
  }

  private static RepairedNetworkRow repairRow(List<RepairedNetworkRow> rows, StoppingRule rule) {
    return rows.stream()
        .filter(row -> row.rule().equals(rule.name()))
        .filter(row -> row.dropPercent() == rule.dropPercent().doubleValue())
        .findFirst()
        .orElseThrow();
  }

  private void checkEvaluations(Defence defence) {
    List<EvaluationRow> rows = read(Tables.EVALUATIONS);
    assertThat(rows).hasSize(9);
    for (Repair repair : defence.repairs()) {
      List<EvaluationRow> own =
          rows.stream()
              .filter(row -> row.rule().equals(repair.rule().name()))
              .filter(row -> row.dropPercent() == repair.rule().dropPercent().doubleValue())
              .toList();
      assertThat(own)
          .extracting(EvaluationRow::subject)
          .containsExactlyInAnyOrder("original", "repaired", "goodnet");
      assertThat(own).extracting(EvaluationRow::imageSet).containsOnly("poisoned");
      own.forEach(row -> checkEvaluation(row, defence, repair));
    }
  }

  /** By the definition: at the chosen step at most 5 % of 300 are flagged, at the next one more. */
  private void checkDetector(Defence defence) {
    DetectorRow row = read(Tables.DETECTORS).get(0);
    assertThat(row.imageSet()).isEqualTo("poisoned");
    assertThat(row.acceptedFalsePositiveRate()).isEqualTo(0.05);
    assertThat(row.validationFalsePositiveRate())
        .isEqualTo(flagged(defence, 0, row.step()) / 300.0)
        .isLessThanOrEqualTo(0.05);
    assertThat(flagged(defence, 0, row.step() + 1) / 300.0).isGreaterThan(0.05);
    assertThat(row.falsePositiveRate()).isEqualTo(flagged(defence, 1, row.step()) / 200.0);
    assertThat(row.truePositiveRate()).isEqualTo(flagged(defence, 2, row.step()) / 100.0);
    assertThat(row.auroc()).isBetween(0.0, 1.0);
  }

  private static long flagged(Defence defence, int set, int last) {
    return IntStream.rangeClosed(0, last)
        .mapToLong(step -> defence.curves().get(set).at(step).firstDisagreements())
        .sum();
  }

  private static void checkEvaluation(EvaluationRow row, Defence defence, Repair repair) {
    StepCounts testBefore = defence.curves().get(1).at(0);
    StepCounts poisonedBefore = defence.curves().get(2).at(0);
    assertThat(row.robustAccuracy()).isNull();
    if (row.subject().equals("original")) {
      checkRates(row, testBefore.labelShare(), poisonedBefore.labelShare());
      assertThat(row.defenceEffectiveness()).isNull();
      assertThat(row.truePositiveRate()).isNull();
      return;
    }
    if (repair.step().isEmpty()) {
      assertThat(row.step()).isNull();
      assertThat(row.cleanAccuracy()).isNull();
      assertThat(row.attackSuccessRateLow()).isNull();
      assertThat(row.defenceEffectiveness()).isNull();
      assertThat(row.falsePositiveRate()).isNull();
      return;
    }
    StepCounts test = defence.curves().get(1).at(repair.step().getAsInt());
    StepCounts poisoned = defence.curves().get(2).at(repair.step().getAsInt());
    if (row.subject().equals("repaired")) {
      checkRates(row, test.labelShare(), poisoned.labelShare());
      double attackDrop = (poisonedBefore.labelHits() - poisoned.labelHits()) / 100.0;
      double accuracyDrop = (testBefore.labelHits() - test.labelHits()) / 200.0;
      double effectiveness = (Math.max(0, attackDrop) - Math.max(0, accuracyDrop) + 1) / 2;
      assertThat(row.defenceEffectiveness()).isCloseTo(effectiveness, within(1e-12));
      assertThat(row.truePositiveRate()).isNull();
    } else {
      checkRates(
          row, new Share(test.agreedLabelHits(), 200), new Share(poisoned.agreedLabelHits(), 100));
      assertThat(row.defenceEffectiveness()).isNull();
      assertThat(row.truePositiveRate())
          .isEqualTo(1 - poisoned.agreements() / 100.0, within(1e-12));
      assertThat(row.falsePositiveRate()).isEqualTo(1 - test.agreements() / 200.0, within(1e-12));
    }
  }

  private static void checkRates(EvaluationRow row, Share accuracy, Share attack) {
    assertThat(row.cleanAccuracy()).isEqualTo(accuracy.fraction());
    assertThat(row.cleanAccuracyLow()).isEqualTo(accuracy.lowerBound());
    assertThat(row.cleanAccuracyHigh()).isEqualTo(accuracy.upperBound());
    assertThat(row.attackSuccessRate()).isEqualTo(attack.fraction());
    assertThat(row.attackSuccessRateLow()).isEqualTo(attack.lowerBound());
    assertThat(row.attackSuccessRateHigh()).isEqualTo(attack.upperBound());
  }

  @Test
  void withValidationImagesOnlyWhatNeedsOthersIsNull() {
    ImageFiles all = Golden.BN_AFTER.request(output, 2).images();
    ImageFiles validationOnly = new ImageFiles(all.cleanValidation(), Optional.empty(), Map.of());
    defend(validationOnly, GivenOrder.of(List.of(3, 1)), List.of(new FirstBelow(BigDecimal.ONE)));

    assertThat(read(Tables.PRUNING_ORDER))
        .extracting(PruningOrderRow::criterion, PruningOrderRow::rank, PruningOrderRow::channel)
        .containsExactlyInAnyOrder(tuple("given", 1, 3), tuple("given", 2, 1));
    assertThat(read(Tables.PRUNING_ORDER)).extracting(PruningOrderRow::score).containsOnlyNulls();
    assertThat(read(Tables.PRUNING_CURVE)).hasSize(3);
    assertThat(read(Tables.EVALUATIONS))
        .hasSize(3)
        .allSatisfy(
            row -> {
              assertThat(row.imageSet()).isNull();
              assertThat(row.cleanAccuracy()).isNull();
              assertThat(row.attackSuccessRate()).isNull();
              assertThat(row.defenceEffectiveness()).isNull();
              assertThat(row.truePositiveRate()).isNull();
              assertThat(row.falsePositiveRate()).isNull();
            });
  }

  @Test
  void repairThatFailedItsVerificationDoesNotCountAndSaysWhy() {
    Defence sound =
        defend(
            Golden.BN_AFTER.request(output, 2).images(),
            ActivationCriterion.MEAN_ACTIVATION,
            List.of());
    Repair broken =
        Repair.at(REACHED, 1, new Repair.File("goodnet", "0"))
            .verified(new Repair.Verification(7, Optional.of("answers otherwise")));
    Defence defence =
        new Defence(
            sound.plan(),
            sound.statistics(),
            sound.order(),
            sound.curves(),
            List.of(broken),
            List.of(),
            sound.output());
    commitRepairs(defence);

    assertThat(defence.isComplete()).isFalse();
    assertThat(read(Tables.REPAIRED_NETWORKS)).isEmpty();
    assertThat(read(Tables.EVALUATIONS)).isEmpty();
    assertThat(read(Tables.PRUNING_CURVE)).isNotEmpty();
    assertThat(read(Tables.UNITS))
        .filteredOn(unit -> unit.status().equals("failed"))
        .extracting(UnitRow::kind, UnitRow::reason)
        .containsExactly(tuple("repair", "answers otherwise"));
  }

  private void commitRepairs(Defence defence) {
    Configuration files = LocalSpark.session().sessionState().newHadoopConf();
    try (OutputLock lock = OutputLock.acquire(files, output.toString(), "test")) {
      new CommitResults(LocalSpark.session(), output.toString(), RUN, lock)
          .repairs(List.of(defence), List.of(Recalled.NOTHING), VerifyRepairs.Extent.FIRST);
    }
  }

  private Defence defend(ImageFiles images, Criterion criterion, List<StoppingRule> rules) {
    DefenceRequest golden = Golden.BN_AFTER.request(output, 2);
    DefenceRequest request =
        new DefenceRequest(
            golden.network(),
            images,
            new Repairs(rules, VerifyRepairs.Extent.FIRST),
            golden.work());
    DefendNetwork defend = new DefendNetwork(LocalSpark.session(), request, List.of(criterion));
    return defend.execute(defend.plan(), RUN).done().get(0);
  }

  private <R extends Record> List<R> read(Table<R> table) {
    return new ResultStore(LocalSpark.session(), output.toString()).committed(table);
  }
}
