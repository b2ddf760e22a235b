package backsweep.stages;

import backsweep.attack.Training;
import backsweep.attack.Trial;
import backsweep.images.UnfitAttackException;
import backsweep.inference.Threads;
import backsweep.network.Network;
import backsweep.network.UnsupportedNetworkException;
import backsweep.stages.TrainingRequest.Order;
import backsweep.store.SharedFiles;
import backsweep.tensorflow.DivergedException;
import backsweep.tensorflow.SessionThreads;
import backsweep.training.Studio;
import backsweep.training.TrainingImages;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Trains one network, on an executor.
 *
 * @param training images that it learns from
 * @param cleanTest images that it is tried on; null for none
 * @param output directory for networks
 * @param versions of everything that computes
 * @param configuration of the file systems
 */
record NetworkTask(
    LearnedFile training,
    LearnedFile cleanTest,
    String output,
    TreeMap<String, String> versions,
    SerializableConfiguration configuration)
    implements Serializable {

  /**
   * Trains and publishes, unless another attempt or run has done so by now.
   *
   * @return a {@link TrainingResult} as JSON
   */
  String train(Order order, ImageCount count) {
    FinishedNetworks finished =
        new FinishedNetworks(new SharedFiles(configuration.value()), output);
    try {
      TrainedNetwork network =
          finished
              .find(order, training.recipe(order))
              .orElseGet(() -> make(order, count, finished));
      return TrainingResult.of(network).toJson();
    } catch (DivergedException
        | UnfitAttackException
        | UnsupportedNetworkException
        | IllegalArgumentException e) {
      return TrainingResult.failed(order.name(), String.valueOf(e.getMessage())).toJson();
    }
  }

  private TrainedNetwork make(Order order, ImageCount count, FinishedNetworks finished) {
    Studio studio = new Studio(threads(), new LoggedTraining(order.name(), count));
    TrainingImages images = ExecutorImages.of(configuration.value(), training);
    long start = System.nanoTime();
    Network network = new Training(order.recipe(), images, training.classes(), studio).run();
    double seconds = (System.nanoTime() - start) / 1e9;
    Optional<Trial> trial =
        Optional.ofNullable(cleanTest)
            .map(file -> ExecutorImages.of(configuration.value(), file))
            .map(test -> Trial.of(network, order.recipe().attack(), test, studio));
    Map<String, String> recipe = training.recipe(order);
    return finished
        .find(order, recipe)
        .orElseGet(
            () ->
                finished.publish(
                    order,
                    network,
                    sha256 ->
                        new TrainedNetwork(
                            order.name(),
                            sha256,
                            recipe,
                            versions,
                            trial,
                            Optional.ofNullable(cleanTest).map(LearnedFile::sha256),
                            seconds)));
  }

  /** The threads of a session on this executor. */
  static SessionThreads threads() {
    Threads threads = ExecutorThreads.here().fix();
    return new SessionThreads(threads.concurrentTasks(), threads.perTask());
  }
}
