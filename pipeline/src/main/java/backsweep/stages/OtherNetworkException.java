package backsweep.stages;

import java.util.Map;
import java.util.TreeSet;

/** A name is wanted for a network that another one has; nothing is overwritten. */
public final class OtherNetworkException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private OtherNetworkException(String file, String found) {
    super(
        "%s: expected the network that is wanted or none, found %s. Choose another name or output, or remove it"
            .formatted(file, found));
  }

  static OtherNetworkException notTrainedHere(String file) {
    return new OtherNetworkException(file, "one that was not trained here");
  }

  static OtherNetworkException changed(String file, String expected, String found) {
    return new OtherNetworkException(
        file, "one with sha256 %s; it was trained as %s".formatted(found, expected));
  }

  static OtherNetworkException ofAnotherRecipe(
      String file, Map<String, String> wanted, Map<String, String> found) {
    TreeSet<String> keys = new TreeSet<>(wanted.keySet());
    keys.addAll(found.keySet());
    keys.removeIf(key -> wanted.getOrDefault(key, "").equals(found.getOrDefault(key, "")));
    StringBuilder differences = new StringBuilder("one of another recipe:");
    for (String key : keys) {
      differences.append(
          " %s is %s, wanted is %s;"
              .formatted(key, found.getOrDefault(key, "none"), wanted.getOrDefault(key, "none")));
    }
    return new OtherNetworkException(file, differences.substring(0, differences.length() - 1));
  }
}
