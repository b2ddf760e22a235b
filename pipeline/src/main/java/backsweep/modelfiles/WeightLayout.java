package backsweep.modelfiles;

import backsweep.keras.Json;
import backsweep.keras.KerasFileException;
import backsweep.keras.ModelConfig;
import backsweep.network.Graph;
import java.util.Map;

/** How the variables of a model are found in an HDF5 group. */
sealed interface WeightLayout permits NamedLayout, PositionalLayout {

  /**
   * The stored variables by layer name and variable name; random state, which is no weight, is left
   * out.
   *
   * @param model the architecture
   * @param graph its graph
   * @throws KerasFileException if the group is not laid out in this way
   */
  Map<String, Map<String, StoredVariable>> variables(ModelConfig model, Graph graph);

  /**
   * The layout of a group, recognised by what is in it.
   *
   * @throws KerasFileException if it is not one of those that Keras writes
   */
  static WeightLayout of(HdfGroup group) {
    if (NamedLayout.fits(group) && PositionalLayout.fits(group) && !NamedLayout.isLayer(group)) {
      throw new KerasFileException(
          group.where(),
          "weights in one of Keras' layouts",
          "an attribute layer_names and a group layers");
    }
    if (NamedLayout.fits(group)) {
      return new NamedLayout(group);
    }
    if (PositionalLayout.fits(group)) {
      return new PositionalLayout(group);
    }
    throw new KerasFileException(
        group.where(),
        "weights as Keras writes them, with an attribute layer_names or a group layers",
        Json.excerpt(group.names().toString()));
  }
}
