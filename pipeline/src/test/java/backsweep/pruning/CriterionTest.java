package backsweep.pruning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.network.Activation;
import backsweep.network.BatchNormalization;
import backsweep.network.Convolution;
import backsweep.network.Network;
import backsweep.network.Padding;
import backsweep.network.PruningPoint;
import backsweep.network.Shape;
import backsweep.network.Tensor;
import backsweep.network.Weights;
import backsweep.network.Window;
import backsweep.pruning.ChannelStatistics.Channel;
import backsweep.testing.NetworkSketch;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;

/** Orders by every criterion, with scores computed by hand. */
class CriterionTest {

  private static final ChannelStatistics STATISTICS =
      new ChannelStatistics(
          10,
          List.of(
              new Channel(0.3, 5, 1.0, 0.25),
              new Channel(0.1, 9, 0.5, 0.75),
              new Channel(0.2, 7, 0.7, 0.75)));

  private static final double[] GRADIENTS = {0.5, 0.1, 0.1};

  /** {@code (1, 2, 2, 3)}; as matrices (input, position): {3 0, 0 4}, {1 1, 1 1}, {0 -5, 0 0}. */
  private static final Tensor KERNEL =
      Tensor.of(Shape.of(1, 2, 2, 3), 3, 1, 0, 0, 1, 0, 0, 1, -5, 4, 1, 0);

  private static NetworkSketch convolution() {
    Window window = new Window(1, 2, 1, 1, Padding.SAME);
    return new NetworkSketch(1, 4, 4, 2).then("conv", new Convolution(3, window, 1, 1, 1, true));
  }

  private static Evidence evidence(Weights weights, Network network) {
    Network known = new Network(network.graph(), weights.with("conv", "kernel", KERNEL));
    return new Evidence(
        known,
        PruningPoint.of(known, Optional.of("conv"), Optional.empty()),
        STATISTICS,
        criterion -> GRADIENTS);
  }

  private static Evidence evidence() {
    Network network = convolution().activation("relu", Activation.Relu.PLAIN).classes(4);
    return evidence(network.weights(), network);
  }

  private static Weights normalised(Weights weights) {
    return weights
        .with("norm", "gamma", Tensor.of(Shape.of(3), 1, -6, 0.5f))
        .with("norm", "moving_variance", Tensor.of(Shape.of(3), 1, 4, 0.25f));
  }

  private static void assertOrder(Criterion criterion, Evidence evidence, PruningOrder expected) {
    PruningOrder order = criterion.order(evidence);
    assertThat(order.pruned()).isEqualTo(expected.pruned());
    assertThat(order.scores())
        .zipSatisfy(
            expected.scores(),
            (found, score) -> assertThat(found).isCloseTo(score, Offset.offset(1e-6)));
  }

  private static PruningOrder order(List<Integer> pruned, List<Double> scores) {
    return new PruningOrder(3, pruned, scores);
  }

  @Example
  void activations() {
    assertOrder(
        ActivationCriterion.MEAN_ACTIVATION,
        evidence(),
        order(List.of(1, 2, 0), List.of(0.1, 0.2, 0.3)));
    assertOrder(
        ActivationCriterion.MAX_ACTIVATION,
        evidence(),
        order(List.of(0, 2, 1), List.of(5.0, 7.0, 9.0)));
    assertOrder(
        ActivationCriterion.ACTIVE_SHARE,
        evidence(),
        order(List.of(1, 2, 0), List.of(0.5, 0.7, 1.0)));
    assertOrder(
        ActivationCriterion.APOZ, evidence(), order(List.of(1, 2, 0), List.of(0.75, 0.75, 0.25)));
  }

  @Example
  void scoresByGradientsLowestFirst() {
    PruningOrder expected = order(List.of(1, 2, 0), List.of(0.1, 0.1, 0.5));
    assertOrder(new TaylorImportance(), evidence(), expected);
    assertOrder(new AdversarialPruning(0.4, 0.2, 10, 100, 1), evidence(), expected);
  }

  /** The whole mask is 1. */
  @Example
  void wholeMasksComeLastByMeanActivation() {
    Evidence known = evidence();
    Evidence evidence =
        new Evidence(
            known.network(),
            known.point(),
            known.statistics(),
            criterion -> new double[] {1, 0.2, 1});

    PruningOrder expected = order(List.of(1, 2, 0), List.of(0.2, 1.0, 1.0));
    assertOrder(new AdversarialPruning(0.4, 0.2, 10, 100, 1), evidence, expected);
    assertOrder(new TaylorImportance(), evidence, order(List.of(1, 0, 2), List.of(0.2, 1.0, 1.0)));
  }

  @Example
  void sumsOfAbsoluteWeights() {
    assertOrder(new KernelNorm(), evidence(), order(List.of(1, 2, 0), List.of(4.0, 5.0, 7.0)));
  }

  /** Singular values 4 and 3; 2 and 0; 5 and 0. */
  @Example
  void largestSingularValues() {
    assertOrder(
        new ChannelLipschitz(), evidence(), order(List.of(2, 0, 1), List.of(5.0, 4.0, 2.0)));
  }

  /** Factors 1, 3, 1. */
  @Example
  void batchNormalisationBehindTheConvolutionCounts() {
    Network network =
        convolution()
            .then("norm", new BatchNormalization(0, true, true))
            .activation("relu", Activation.Relu.PLAIN)
            .classes(4);

    assertOrder(
        new ChannelLipschitz(),
        evidence(normalised(network.weights()), network),
        order(List.of(1, 2, 0), List.of(6.0, 5.0, 4.0)));
  }

  @Example
  void batchNormalisationBehindSomethingElseDoesNot() {
    Network network =
        convolution()
            .activation("relu", Activation.Relu.PLAIN)
            .then("norm", new BatchNormalization(0, true, true))
            .classes(4);

    assertOrder(
        new ChannelLipschitz(),
        evidence(normalised(network.weights()), network),
        order(List.of(2, 0, 1), List.of(5.0, 4.0, 2.0)));
  }

  @Example
  void batchNormalisationOfOneOfTwoBranchesDoesNot() {
    NetworkSketch sketch = convolution();
    int branch = sketch.last();
    Network network =
        sketch.then("norm", new BatchNormalization(0, true, true)).plus("sum", branch).classes(4);

    assertOrder(
        new ChannelLipschitz(),
        evidence(normalised(network.weights()), network),
        order(List.of(2, 0, 1), List.of(5.0, 4.0, 2.0)));
  }

  /** Each of the 6 orders a sixth of the time: 600 trials, within four standard deviations. */
  @Example
  void randomOrdersAreAllAsLikely() {
    for (List<Integer> expected :
        List.of(
            List.of(0, 1, 2),
            List.of(0, 2, 1),
            List.of(1, 0, 2),
            List.of(1, 2, 0),
            List.of(2, 0, 1),
            List.of(2, 1, 0))) {
      Evidence evidence = evidence();
      int found = 0;
      for (long seed = 0; seed < 600; seed++) {
        found += new RandomOrder(seed).order(evidence).pruned().equals(expected) ? 1 : 0;
      }
      assertThat(found).as("%s", expected).isBetween(64, 136);
    }
  }

  @Property(tries = 50)
  void randomOrdersAreThoseOfTheirSeed(@ForAll @IntRange(min = 0) int seed) {
    PruningOrder order = new RandomOrder(seed).order(evidence());

    assertThat(order.pruned()).containsExactlyInAnyOrder(0, 1, 2);
    assertThat(new RandomOrder(seed).order(evidence())).isEqualTo(order);
  }

  @Example
  void givenOrders() {
    assertThat(GivenOrder.of(List.of(0, 2)).order(evidence()))
        .isEqualTo(new PruningOrder(3, List.of(0, 2), List.of()));
    assertThat(new GivenOrder(List.of(2, 1), List.of(0.1, 0.5), "order.csv").order(evidence()))
        .isEqualTo(new PruningOrder(3, List.of(2, 1), List.of(0.1, 0.5)));
    assertThatThrownBy(() -> GivenOrder.of(List.of(3)).order(evidence()))
        .isInstanceOf(InvalidOrderException.class);
  }

  @Example
  void baselinesAreWhatIsOnlyComparedWith() {
    assertThat(List.of(new RandomOrder(1), new Unpruned())).allMatch(Criterion::isBaseline);
    assertThat(
            List.of(
                new KernelNorm(),
                new ChannelLipschitz(),
                new TaylorImportance(),
                new AdversarialPruning(0.4, 0.2, 10, 100, 1),
                GivenOrder.of(List.of(1))))
        .noneMatch(Criterion::isBaseline);
    assertThat(ActivationCriterion.values()).noneMatch(Criterion::isBaseline);
  }
}
