package backsweep.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The architecture of a functional model: layers that name the tensors they are called with.
 *
 * @param model the model's JSON
 * @param where the file it is from, for errors
 */
record FunctionalConfig(JsonNode model, String where) {

  /** Reads it. */
  ModelConfig read() {
    JsonNode config = model.path("config");
    if (!config.path("layers").isArray()) {
      throw new KerasFileException(where, "a list of layers", Json.excerpt(config.toString()));
    }
    List<LayerConfig> layers = new ArrayList<>();
    for (JsonNode layer : config.path("layers")) {
      LayerConfig made = LayerConfig.of(layer, List.of(), where);
      // How layers of other classes are called may be beyond what is read.
      LayerCatalog.checkSupported(made, where);
      String place = where + ", layer " + made.name();
      boolean idle = LayerCatalog.isForTraining(made.className());
      layers.add(made.called(new Calls(place, idle).read(layer.path("inbound_nodes"))));
    }
    TensorReference output = only(config.path("output_layers"), "outputs");
    Set<String> shifted = countedFromOne(layers, output);
    return new ModelConfig(
        where,
        layers.stream().map(layer -> layer.called(shifted(layer.calls(), shifted))).toList(),
        only(config.path("input_layers"), "inputs"),
        shifted(output, shifted),
        KerasGeneration.of(model));
  }

  /**
   * The models among the layers whose calls are counted from 1: call 0 is then the one by which the
   * model was made, of its own input.
   */
  private static Set<String> countedFromOne(List<LayerConfig> layers, TensorReference output) {
    Set<String> models = new HashSet<>();
    layers.stream().filter(layer -> layer.model().isPresent()).forEach(l -> models.add(l.name()));
    Stream<TensorReference> inputs =
        layers.stream().flatMap(layer -> layer.calls().stream()).flatMap(List::stream);
    Stream.concat(inputs, Stream.of(output))
        .filter(reference -> reference.call() < 1)
        .forEach(reference -> models.remove(reference.layer()));
    return models;
  }

  private static List<List<TensorReference>> shifted(
      List<List<TensorReference>> calls, Set<String> models) {
    return calls.stream()
        .map(call -> call.stream().map(reference -> shifted(reference, models)).toList())
        .toList();
  }

  private static TensorReference shifted(TensorReference reference, Set<String> models) {
    return models.contains(reference.layer())
        ? new TensorReference(reference.layer(), reference.call() - 1)
        : reference;
  }

  /** The only tensor of a list that may be nested, or flat if it is of one. */
  private TensorReference only(JsonNode list, String what) {
    List<TensorReference> found = new ArrayList<>();
    collect(list, found);
    if (found.size() > 1) {
      throw Refusal.of(where, "a model with the " + what + " " + found, "models with one");
    }
    if (found.isEmpty()) {
      throw new KerasFileException(
          where, "one of the model's " + what, Json.excerpt(list.toString()));
    }
    return found.get(0);
  }

  private void collect(JsonNode list, List<TensorReference> found) {
    if (TensorReference.isReference(list)) {
      found.add(TensorReference.of(list, where));
    } else {
      list.forEach(element -> collect(element, found));
    }
  }
}
