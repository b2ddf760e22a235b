package backsweep.stages;

import backsweep.attack.Trial;
import backsweep.evaluation.Share;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/**
 * A network that was trained, as the JSON file beside it says.
 *
 * @param name of the file, without the ending
 * @param sha256 of the file
 * @param recipe in words, with the hash of the images it learned from
 * @param versions of everything that computed
 * @param trial how well it does, where there are test images
 * @param cleanTestSha256 of the file of test images it was tried on, where there is one
 * @param seconds that the training took, and nothing else
 */
public record TrainedNetwork(
    String name,
    String sha256,
    Map<String, String> recipe,
    Map<String, String> versions,
    Optional<Trial> trial,
    Optional<String> cleanTestSha256,
    double seconds) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** This network, with how well it does only if that is of these test images. */
  TrainedNetwork triedOn(Optional<LearnedFile> cleanTest) {
    boolean isOf = cleanTest.map(LearnedFile::sha256).equals(cleanTestSha256);
    return isOf
        ? this
        : new TrainedNetwork(
            name, sha256, recipe, versions, Optional.empty(), Optional.empty(), seconds);
  }

  /** On clean test images, where there are some. */
  public Optional<Share> cleanAccuracy() {
    return trial.map(Trial::cleanAccuracy);
  }

  /** On clean test images with the trigger, where there are some and there is one. */
  public Optional<Share> attackSuccess() {
    return trial.flatMap(Trial::attackSuccess);
  }

  /** As JSON. */
  String toJson() {
    ObjectNode node = JSON.createObjectNode();
    node.put("name", name);
    node.put("sha256", sha256);
    node.set("recipe", JSON.valueToTree(recipe));
    node.set("versions", JSON.valueToTree(versions));
    trial.ifPresent(
        measured -> {
          put(node, "clean_accuracy", measured.cleanAccuracy());
          measured.attackSuccess().ifPresent(share -> put(node, "attack_success", share));
        });
    cleanTestSha256.ifPresent(hash -> node.put("clean_test_sha256", hash));
    node.put("seconds", seconds);
    return node.toPrettyString() + "\n";
  }

  private static void put(ObjectNode node, String key, Share share) {
    node.putObject(key).put("hits", share.hits()).put("of", share.of());
  }

  /**
   * From JSON.
   *
   * @throws IllegalArgumentException if it is not that of a trained network
   */
  static TrainedNetwork ofJson(String json) {
    try {
      JsonNode node = JSON.readTree(json);
      return new TrainedNetwork(
          node.required("name").asText(),
          node.required("sha256").asText(),
          texts(node, "recipe"),
          texts(node, "versions"),
          share(node, "clean_accuracy")
              .map(accuracy -> new Trial(accuracy, share(node, "attack_success"))),
          Optional.ofNullable(node.get("clean_test_sha256")).map(JsonNode::asText),
          node.required("seconds").asDouble());
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IllegalArgumentException("not the description of a trained network", e);
    }
  }

  private static Map<String, String> texts(JsonNode node, String key) {
    return JSON.convertValue(
        node.required(key),
        JSON.getTypeFactory().constructMapType(Map.class, String.class, String.class));
  }

  private static Optional<Share> share(JsonNode node, String key) {
    return Optional.ofNullable(node.get(key))
        .map(share -> new Share(share.required("hits").asLong(), share.required("of").asLong()));
  }
}
