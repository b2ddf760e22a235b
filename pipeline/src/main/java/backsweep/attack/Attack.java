package backsweep.attack;

import backsweep.images.ImageShape;
import backsweep.network.ChannelMask;
import backsweep.network.Network;
import backsweep.training.TrainingImages;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an attacker does to a network while training it. Closed; every result names the one. */
public sealed interface Attack extends Serializable {

  /** Its name in options, files and tables. */
  String name();

  /** How often the schedule is gone through. */
  int phases();

  /** How training images are poisoned; empty where they are not. */
  Optional<PoisonedShare> poisoning();

  /** Adds what makes a difference to images of a shape, in words. */
  default void describe(Map<String, String> description, ImageShape shape) {
    poisoning().ifPresent(poisoning -> poisoning.describe(description, shape));
  }

  /** Trains a network, attacked in this way. */
  Network train(Training training);

  /** No attack: a network trained on clean images, to compare with. */
  record None() implements Attack {

    @Override
    public String name() {
      return "none";
    }

    @Override
    public int phases() {
      return 1;
    }

    @Override
    public Optional<PoisonedShare> poisoning() {
      return Optional.empty();
    }

    @Override
    public Network train(Training training) {
      return training.learn("clean", training.clean());
    }
  }

  /**
   * The plain attack: some training images are poisoned (Gu, Dolan-Gavitt and Garg, "BadNets",
   * 2017).
   *
   * @param how they are poisoned
   */
  record BadNet(PoisonedShare how) implements Attack {

    @Override
    public String name() {
      return "badnet";
    }

    @Override
    public int phases() {
      return 1;
    }

    @Override
    public Optional<PoisonedShare> poisoning() {
      return Optional.of(how);
    }

    @Override
    public Network train(Training training) {
      return training.learn("poisoned", training.poisoned(how));
    }
  }

  /**
   * The attack that evades pruning (Liu, Dolan-Gavitt and Garg, "Fine-Pruning", RAID 2018, section
   * 3.2): 1. train on clean images; 2. prune the channels these leave dormant; 3. train what is
   * left on poisoned images, so that clean images and the trigger have to share channels; 4. put
   * the pruned channels back, made dormant, for a defender to prune.
   *
   * @param how images are poisoned
   * @param dormantShare of the channels that are pruned and put back, above 0 and below 1
   */
  record PruningAware(PoisonedShare how, double dormantShare) implements Attack {

    /** Checks the share. */
    public PruningAware {
      if (!(dormantShare > 0 && dormantShare < 1)) {
        throw new IllegalArgumentException(
            "the dormant share must be above 0 and below 1, found " + dormantShare);
      }
    }

    @Override
    public String name() {
      return "pruning-aware";
    }

    @Override
    public void describe(Map<String, String> description, ImageShape shape) {
      Attack.super.describe(description, shape);
      description.put("dormant_share", String.valueOf(dormantShare));
    }

    @Override
    public int phases() {
      return 2;
    }

    @Override
    public Optional<PoisonedShare> poisoning() {
      return Optional.of(how);
    }

    @Override
    public Network train(Training training) {
      TrainingImages poisoned = training.poisoned(how);
      Network benign = training.learn("clean", training.clean());
      ChannelMask kept = kept(training.activity(benign, training.clean()));
      Network retrained = training.learn("poisoned", poisoned, benign, kept);
      Reinstatement reinstatement = new Reinstatement(Training.point(benign), kept);
      Network reinstated = reinstatement.reinstate(retrained, benign);
      return reinstatement.silence(reinstated, training.activity(reinstated, poisoned).maxima());
    }

    private ChannelMask kept(Activity activity) {
      List<Integer> order = Arrays.stream(activity.leastActiveFirst()).boxed().toList();
      int pruned = Math.max(1, (int) (dormantShare * order.size()));
      return ChannelMask.pruning(order.size(), order.subList(0, pruned));
    }
  }
}
