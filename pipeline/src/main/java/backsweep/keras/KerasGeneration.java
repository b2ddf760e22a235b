package backsweep.keras;

import com.fasterxml.jackson.databind.JsonNode;

/** Which Keras wrote an architecture, where the same name does not mean the same in all of them. */
enum KerasGeneration {
  /** Keras 1 and 2, of its own or as a part of TensorFlow. */
  BEFORE_3,
  /** Keras 3. */
  SINCE_3,
  /** Nothing tells. */
  UNKNOWN;

  /**
   * The generation of a model's JSON: by the version that is written in it, or else by how the
   * shape of the input is.
   */
  static KerasGeneration of(JsonNode model) {
    String version = model.path("keras_version").asText("");
    if (version.matches("[12]\\..*")) {
      return BEFORE_3;
    }
    if (version.matches("\\d+\\..*")) {
      return SINCE_3;
    }
    if (model.findValue("batch_input_shape") != null) {
      return BEFORE_3;
    }
    return model.findValue("batch_shape") != null ? SINCE_3 : UNKNOWN;
  }
}
