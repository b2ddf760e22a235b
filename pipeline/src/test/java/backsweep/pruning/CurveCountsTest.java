package backsweep.pruning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.evaluation.StepCounts;
import backsweep.evaluation.StepCounts.TrueLabelCounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class CurveCountsTest {

  private static final int CLASSES = 3;

  @Example
  void byHand() {
    int[] labels = {0, 0, 1, 2};
    int[][] classes = {
      {0, 1, 1, 2}, // the original network: the second image is answered wrongly
      {0, 0, 1, 1},
      {1, 1, 0, 2}, // the second and the last image agree again
      {1, 0, 0, 1}
    };
    CurveCounts counts = CurveCounts.of(classes, labels, 11);

    assertThat(counts.images()).isEqualTo(4);
    assertThat(counts.pairs()).isEqualTo(11);
    assertThat(counts.steps())
        .containsExactly(
            counts(4, 3, 4, 3, 0),
            counts(4, 3, 2, 2, 2),
            counts(4, 1, 2, 1, 2),
            counts(4, 1, 0, 0, 0));
  }

  @Example
  void byHandWithTrueLabels() {
    int[] targets = {0, 0, 0, 2};
    int[] shown = {0, 1, 2, 1};
    int[][] classes = {
      {0, 0, 0, 2}, // every attack succeeds; the first image shows the target anyway
      {0, 1, 0, 0},
      {1, 1, 2, 1}
    };
    CurveCounts counts = CurveCounts.of(classes, targets, shown, 7);

    assertThat(counts.pairs()).isEqualTo(7);
    assertThat(counts.images()).isEqualTo(4);
    assertThat(counts.steps())
        .extracting(step -> step.trueLabels().orElseThrow())
        .containsExactly(
            new TrueLabelCounts(1, 3, 3),
            new TrueLabelCounts(2, 3, 1),
            new TrueLabelCounts(3, 3, 0));
    assertThat(counts.steps())
        .extracting(StepCounts::labelHits)
        .containsExactlyElementsOf(
            CurveCounts.of(classes, targets, 7).steps().stream()
                .map(StepCounts::labelHits)
                .toList());
  }

  @Example
  void trueLabelsOfSomeImagesAreNone() {
    int[][] classes = {{0, 1}, {1, 1}};
    int[] labels = {0, 1};
    CurveCounts known = CurveCounts.of(classes, labels, labels, 4);
    CurveCounts unknown = CurveCounts.of(classes, labels, 4);

    assertThat(known.merge(unknown).steps())
        .allSatisfy(step -> assertThat(step.trueLabels()).isEmpty());
    assertThat(CurveCounts.none(1).merge(known).steps()).isEqualTo(known.steps());
    assertThat(CurveCounts.none(1).steps())
        .allSatisfy(step -> assertThat(step.trueLabels()).isEmpty());
  }

  @Property
  void everyShardingInAnyOrderEqualsAllAtOnce(
      @ForAll @IntRange(min = 1, max = 30) int images,
      @ForAll @IntRange(max = 6) int lastStep,
      @ForAll long seed) {
    Random random = new Random(seed);
    int[] labels = random.ints(images, 0, CLASSES).toArray();
    int[] shown = random.ints(images, 0, CLASSES).toArray();
    int[][] classes = new int[lastStep + 1][];
    Arrays.setAll(classes, step -> random.ints(images, 0, CLASSES).toArray());
    List<CurveCounts> shards = new ArrayList<>();
    int first = 0;
    while (first < images) {
      int last = first + 1 + random.nextInt(images - first);
      shards.add(shard(classes, new int[][] {labels, shown}, first, last));
      shards.add(CurveCounts.none(lastStep));
      first = last;
    }
    Collections.shuffle(shards, random);
    CurveCounts merged = shards.stream().reduce(CurveCounts.none(lastStep), CurveCounts::merge);

    CurveCounts expected = shard(classes, new int[][] {labels, shown}, 0, images);
    assertThat(merged.steps()).isEqualTo(expected.steps());
    assertThat(merged.pairs()).isEqualTo(expected.pairs());
    assertThat(merged.images()).isEqualTo(images);
    checkLaws(merged.steps(), images);
  }

  private static void checkLaws(List<StepCounts> steps, int images) {
    assertThat(steps.get(0).agreements()).isEqualTo(images);
    assertThat(steps.get(0).firstDisagreements()).isZero();
    assertThat(steps.stream().mapToLong(StepCounts::firstDisagreements).sum())
        .isBetween(
            steps.stream().mapToLong(s -> images - s.agreements()).max().orElse(0), (long) images);
    assertThat(steps)
        .allSatisfy(
            step ->
                assertThat(step.agreedLabelHits())
                    .isLessThanOrEqualTo(Math.min(step.labelHits(), step.agreements())))
        .allSatisfy(
            step -> {
              TrueLabelCounts known = step.trueLabels().orElseThrow();
              long showingTarget = images - known.imagesNotTarget();
              assertThat(step.labelHits() - known.targetHitsNotTarget())
                  .isBetween(0L, showingTarget);
              assertThat(known.trueLabelHits() + known.targetHitsNotTarget())
                  .isLessThanOrEqualTo(images);
            });
  }

  @Property
  void mergeIsCommutativeAndAssociative(@ForAll long seed) {
    Random random = new Random(seed);
    CurveCounts[] parts = new CurveCounts[3];
    Arrays.setAll(
        parts,
        part -> {
          int[][] classes = new int[4][];
          Arrays.setAll(classes, step -> random.ints(5, 0, CLASSES).toArray());
          return CurveCounts.of(classes, random.ints(5, 0, CLASSES).toArray(), part);
        });

    assertThat(parts[0].merge(parts[1]).steps()).isEqualTo(parts[1].merge(parts[0]).steps());
    assertThat(parts[0].merge(parts[1]).merge(parts[2]).steps())
        .isEqualTo(parts[0].merge(parts[1].merge(parts[2])).steps());
  }

  @Example
  void curvesOfOtherLengthsAreNotMerged() {
    assertThatThrownBy(() -> CurveCounts.none(3).merge(CurveCounts.none(4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected counts of 4 steps, found 5");
  }

  /** With labels and true labels. */
  private static CurveCounts shard(int[][] classes, int[][] labels, int first, int last) {
    int[][] shard =
        Arrays.stream(classes)
            .map(step -> Arrays.copyOfRange(step, first, last))
            .toArray(int[][]::new);
    return CurveCounts.of(
        shard,
        Arrays.copyOfRange(labels[0], first, last),
        Arrays.copyOfRange(labels[1], first, last),
        2 * (last - first));
  }

  private static StepCounts counts(long... counts) {
    return new StepCounts(counts[0], counts[1], counts[2], counts[3], counts[4], Optional.empty());
  }
}
