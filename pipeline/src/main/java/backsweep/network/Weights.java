package backsweep.network;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * All trained variables of a network by layer and name.
 *
 * @param byLayer layer name to variable name to values; layers without variables may be missing
 */
public record Weights(Map<String, Map<String, Tensor>> byLayer) implements Serializable {

  /** Copies the maps, keeping their order. */
  public Weights {
    Map<String, Map<String, Tensor>> copy = new LinkedHashMap<>();
    byLayer.forEach((layer, variables) -> copy.put(layer, new LinkedHashMap<>(variables)));
    copy.replaceAll((layer, variables) -> Collections.unmodifiableMap(variables));
    byLayer = Collections.unmodifiableMap(copy);
  }

  /** How many values there are in all. */
  public long size() {
    return byLayer.values().stream()
        .flatMap(variables -> variables.values().stream())
        .mapToLong(tensor -> tensor.shape().size())
        .sum();
  }

  /** The names of the layers that have variables. */
  public Set<String> layers() {
    return byLayer.keySet();
  }

  /** The variables of one layer by name; empty where it has none. */
  public Map<String, Tensor> of(String layer) {
    return byLayer.getOrDefault(layer, Map.of());
  }

  /**
   * One variable.
   *
   * @throws NoSuchElementException if it is not there
   */
  public Tensor get(String layer, String variable) {
    Tensor tensor = of(layer).get(variable);
    if (tensor == null) {
      throw new NoSuchElementException("no variable " + variable + " of layer " + layer);
    }
    return tensor;
  }

  /**
   * These weights with kernel and bias of one convolution masked along their last axis: those of
   * the pruned channels become 0.
   */
  public Weights masked(String layer, ChannelMask mask) {
    Map<String, Map<String, Tensor>> copy = new LinkedHashMap<>(byLayer);
    Map<String, Tensor> variables = new LinkedHashMap<>(of(layer));
    variables.replaceAll(
        (name, tensor) ->
            Convolution.PRUNED_VARIABLES.contains(name) ? tensor.masked(mask) : tensor);
    copy.put(layer, variables);
    return new Weights(copy);
  }

  /**
   * These weights with other values of one variable.
   *
   * @throws NoSuchElementException if it is not there
   */
  public Weights with(String layer, String variable, Tensor values) {
    get(layer, variable);
    Map<String, Map<String, Tensor>> copy = new LinkedHashMap<>(byLayer);
    Map<String, Tensor> variables = new LinkedHashMap<>(of(layer));
    variables.put(variable, values);
    copy.put(layer, variables);
    return new Weights(copy);
  }

  /** Whether both hold the same variables with, by {@code ==}, the same values. */
  public boolean sameValues(Weights other) {
    return layers().equals(other.layers())
        && layers().stream().allMatch(layer -> sameValues(of(layer), other.of(layer)));
  }

  private static boolean sameValues(Map<String, Tensor> one, Map<String, Tensor> other) {
    return one.keySet().equals(other.keySet())
        && one.entrySet().stream().allMatch(e -> e.getValue().sameValues(other.get(e.getKey())));
  }
}
