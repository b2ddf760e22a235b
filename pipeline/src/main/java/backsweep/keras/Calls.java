package backsweep.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the {@code inbound_nodes} of a layer: with which tensors each call of it is made. Keras 2
 * writes {@code [[[layer, call, output, arguments], ...], ...]}, Keras 3 a list of {@code {"args":
 * ..., "kwargs": ...}} with tensors as {@code __keras_tensor__}.
 *
 * @param where the file and the layer, for errors
 * @param forTraining whether the layer acts in training only: Keras 3 then writes that it is called
 *     in training, and does not call it so when the network is used
 */
record Calls(String where, boolean forTraining) {

  /** The tensors of every call; one call without any for an input layer. */
  List<List<TensorReference>> read(JsonNode inboundNodes) {
    if (!inboundNodes.isArray()) {
      throw new KerasFileException(
          where, "a list of inbound_nodes", Json.excerpt(inboundNodes.toString()));
    }
    List<List<TensorReference>> calls = new ArrayList<>();
    for (JsonNode call : inboundNodes) {
      List<TensorReference> tensors = new ArrayList<>();
      if (call.isObject()) {
        collect(call.path("args"), tensors);
        checkArguments(call.path("kwargs"), forTraining);
      } else {
        collectNested(call, tensors);
      }
      calls.add(tensors);
    }
    return calls.isEmpty() ? List.of(List.of()) : calls;
  }

  /** Keras 3: tensors, and lists of tensors. */
  private void collect(JsonNode argument, List<TensorReference> tensors) {
    if (argument.isArray()) {
      argument.forEach(element -> collect(element, tensors));
    } else if (argument.path("class_name").asText().equals("__keras_tensor__")) {
      tensors.add(TensorReference.of(argument.path("config").path("keras_history"), where));
    } else {
      throw Refusal.of(
          where, "a call with the argument " + Json.excerpt(argument.toString()), "tensors");
    }
  }

  /** Keras 2: lists of references, each with the arguments of the call. */
  private void collectNested(JsonNode list, List<TensorReference> tensors) {
    if (TensorReference.isReference(list) || !list.isArray()) {
      tensors.add(TensorReference.of(list, where));
      checkArguments(list.path(3), false);
    } else {
      list.forEach(element -> collectNested(element, tensors));
    }
  }

  /** Arguments other than tensors may only say the default: no mask, not in training. */
  private void checkArguments(JsonNode arguments, boolean inTraining) {
    arguments
        .fields()
        .forEachRemaining(
            argument -> {
              JsonNode value = argument.getValue();
              boolean isDefault = value.isNull() || (value.isBoolean() && !value.asBoolean());
              if (!isDefault && !(inTraining && argument.getKey().equals("training"))) {
                String text = argument.getKey() + " = " + value;
                throw Refusal.of(where, "a call with " + Json.excerpt(text), "tensors only");
              }
            });
  }
}
