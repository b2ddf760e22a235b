package backsweep.stages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/**
 * What became of an order.
 *
 * @param name of the network
 * @param network as it was trained; empty if it could not be
 * @param reason why it could not be; empty if it was
 */
public record TrainingResult(
    String name, Optional<TrainedNetwork> network, Optional<String> reason) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REASON = "failed";

  static TrainingResult of(TrainedNetwork network) {
    return new TrainingResult(network.name(), Optional.of(network), Optional.empty());
  }

  static TrainingResult failed(String name, String reason) {
    return new TrainingResult(name, Optional.empty(), Optional.of(reason));
  }

  /** What a task returns. */
  String toJson() {
    return network
        .map(TrainedNetwork::toJson)
        .orElseGet(
            () ->
                JSON.createObjectNode()
                    .put("name", name)
                    .put(REASON, reason.orElseThrow())
                    .toString());
  }

  /** What a task returned. */
  static TrainingResult ofJson(String json) {
    try {
      JsonNode node = JSON.readTree(json);
      return node.has(REASON)
          ? failed(node.required("name").asText(), node.required(REASON).asText())
          : of(TrainedNetwork.ofJson(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not what a task returns: " + json, e);
    }
  }
}
