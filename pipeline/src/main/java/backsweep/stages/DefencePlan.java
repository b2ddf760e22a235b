package backsweep.stages;

import backsweep.images.ImageSet;
import backsweep.images.Role;
import backsweep.network.PruningPoint;
import backsweep.pruning.ChannelStatistics;
import backsweep.pruning.Criterion;
import backsweep.pruning.Evidence;
import backsweep.pruning.GradientCriterion;
import backsweep.pruning.PruningOrder;
import backsweep.pruning.StoppingRule;
import backsweep.pruning.Unpruned;
import backsweep.stages.DefenceRequest.Repairs;
import backsweep.training.PrunableNetwork;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a defence of one network by one criterion will do, known before anything is computed.
 *
 * @param subject the network
 * @param point where it is pruned
 * @param sources the image sets, clean validation first
 * @param criterion what makes the order
 * @param fineTuning how repaired networks are fine-tuned, if they are
 * @param obstacle why the criterion cannot order the channels, where that is known already
 */
public record DefencePlan(
    SubjectNetwork subject,
    PruningPoint point,
    List<ImageSource> sources,
    Criterion criterion,
    Optional<FineTunePlan> fineTuning,
    Optional<String> obstacle) {

  /** For criteria that take no gradients. */
  static final GradientCriterion.Source NO_GRADIENTS =
      criterion -> {
        throw new IllegalStateException(criterion.label() + " takes gradients");
      };

  /** Copies the list. */
  public DefencePlan {
    sources = List.copyOf(sources);
  }

  /**
   * How many images and pairs run at a time.
   *
   * @param mostPairs the most pairs
   */
  BatchSizes batches(int mostPairs) {
    return BatchSizes.of(subject.network().graph(), point, mostPairs);
  }

  /** What tells networks apart, with their images: the same for all criteria of one. */
  String network() {
    return new Units(this).statistics().id();
  }

  /**
   * The order in which channels are pruned.
   *
   * @param gradients what gradients say, where they are asked
   */
  PruningOrder order(ChannelStatistics statistics, GradientCriterion.Source gradients) {
    return criterion.order(new Evidence(subject.network(), point, statistics, gradients));
  }

  /** The rules by which it is repaired, of those that are wanted. */
  List<StoppingRule> rules(Repairs wanted) {
    return criterion instanceof Unpruned ? List.of(new StoppingRule.NoPruning()) : wanted.rules();
  }

  /** Whether its repairs are fine-tuned; those by random orders are not. */
  boolean isFineTuned() {
    return fineTuning.isPresent() && (criterion instanceof Unpruned || !criterion.isBaseline());
  }

  /** The network and where it is pruned, for those who follow its gradients. */
  PrunableNetwork prunable() {
    return new PrunableNetwork(subject.network(), subject.file().inputScale(), point);
  }

  /** What looks like a slip in the inputs, before anything is computed. */
  public List<Slip> hints() {
    return SourceHints.of(sources, subject.network().classes());
  }

  /** The clean validation set. */
  public ImageSet validation() {
    return sources.get(0).set();
  }

  /** The image sets, clean validation first. */
  public List<ImageSet> sets() {
    return sources.stream().map(ImageSource::set).toList();
  }

  /** The clean test set, if there is one. */
  Optional<ImageSet> cleanTest() {
    return sets().stream().filter(set -> set.role() == Role.CLEAN_TEST).findFirst();
  }

  /** The poisoned sets to report on: each of them, or one empty place where there is none. */
  List<Optional<ImageSet>> reported() {
    List<Optional<ImageSet>> poisoned =
        sets().stream().filter(set -> set.role() == Role.POISONED).map(Optional::of).toList();
    return poisoned.isEmpty() ? List.of(Optional.empty()) : poisoned;
  }

  /**
   * The sets whose mean activations are compared: the clean validation set and each poisoned one;
   * none where there is no poisoned set.
   */
  List<ImageSet> compared() {
    List<ImageSet> poisoned = sets().stream().filter(set -> set.role() == Role.POISONED).toList();
    return poisoned.isEmpty()
        ? List.of()
        : Stream.concat(Stream.of(validation()), poisoned.stream()).toList();
  }

  /** The source of a set. */
  ImageSource source(ImageSet set) {
    return sources.stream()
        .filter(source -> source.set().equals(set))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no source of " + set));
  }
}
