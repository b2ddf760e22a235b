package backsweep.stages;

import backsweep.images.FileHash;
import backsweep.network.Network;
import backsweep.stages.TrainingRequest.Order;
import backsweep.store.SharedFiles;
import backsweep.writing.KerasWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The networks of an output directory: {@code <name>.h5} and, beside it, {@code <name>.json}, which
 * says how it was made and which hash it has.
 *
 * <p>The description is published first. A run that is killed in between leaves one without its
 * network, which is then made again; a network without a description was not made here.
 */
final class FinishedNetworks {

  private final SharedFiles files;
  private final String output;

  FinishedNetworks(SharedFiles files, String output) {
    this.files = files;
    this.output = output;
  }

  /** Where a network is, or is going to be. */
  String network(String name) {
    return output + "/" + name + ".h5";
  }

  private String description(String name) {
    return output + "/" + name + ".json";
  }

  /**
   * The network that an order wants, if it has been made.
   *
   * @throws OtherNetworkException if something else has its name
   */
  Optional<TrainedNetwork> find(Order order, Map<String, String> recipe) {
    String file = network(order.name());
    Optional<String> hash = files.sha256(file);
    if (hash.isEmpty()) {
      return Optional.empty();
    }
    TrainedNetwork found = described(order.name());
    if (!found.recipe().equals(recipe)) {
      throw OtherNetworkException.ofAnotherRecipe(file, recipe, found.recipe());
    }
    if (!found.sha256().equals(hash.get())) {
      throw OtherNetworkException.changed(file, found.sha256(), hash.get());
    }
    return Optional.of(found);
  }

  private TrainedNetwork described(String name) {
    String description = description(name);
    if (!files.exists(description)) {
      throw OtherNetworkException.notTrainedHere(network(name));
    }
    try {
      return TrainedNetwork.ofJson(files.read(description));
    } catch (IllegalArgumentException e) {
      throw OtherNetworkException.notTrainedHere(network(name));
    }
  }

  /**
   * Publishes a network that is not there.
   *
   * @param describe from the file's hash to what is said about it
   */
  TrainedNetwork publish(Order order, Network network, Function<String, TrainedNetwork> describe) {
    List<TrainedNetwork> published = new ArrayList<>();
    files.publish(
        network(order.name()),
        local -> {
          KerasWriter.write(network, local);
          TrainedNetwork trained = describe.apply(FileHash.sha256(local));
          files.delete(description(order.name()));
          files.write(description(order.name()), trained.toJson());
          return published.add(trained);
        });
    return published.get(0);
  }
}
