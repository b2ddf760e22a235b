package backsweep.modelfiles;

import backsweep.network.ChannelMask;
import backsweep.network.Convolution;
import backsweep.network.UnknownLayerException;
import backsweep.network.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes copies of a model file in which channels of a convolution are pruned: in its kernel and
 * bias the bytes of these channels are zero, all other bytes are those of the original. So whatever
 * Keras version wrote the original can read the copy, and nothing of it is lost.
 */
public final class RepairedCopy {

  private final StoredModel original;

  private RepairedCopy(StoredModel original) {
    this.original = original;
  }

  /**
   * Prepares copies of a model file; parameters and exceptions are those of {@link
   * KerasReader#read}.
   */
  public static RepairedCopy of(Path original, Optional<Path> architecture) {
    return new RepairedCopy(StoredModel.open(original, architecture));
  }

  /**
   * Writes one copy, of the same format as the original. What was written should be read back: it
   * is the caller who knows what it must be equal to.
   *
   * @param target the copy, which must not exist
   * @param convolution the convolution's name
   * @param mask which of its channels are kept
   * @throws UnknownLayerException if there is no convolution of that name
   * @throws UnpatchableWeightsException if its weights are stored in chunks, as compressed ones are
   * @throws UncheckedIOException if the copy cannot be written; then there is none
   */
  public void write(Path target, String convolution, ChannelMask mask) {
    if (!original.graph().convolutions().contains(convolution)) {
      throw UnknownLayerException.convolution(original.graph(), convolution);
    }
    List<ValueChange> changes =
        original.variables().get(convolution).entrySet().stream()
            .filter(variable -> Convolution.PRUNED_VARIABLES.contains(variable.getKey()))
            .<ValueChange>map(variable -> ZeroedChannels.of(variable.getValue(), mask))
            .toList();
    fill(target, changes);
  }

  /**
   * Writes one copy with other values of all the network's variables, such as those that it has
   * after fine-tuning. Whatever else the file holds, a state of training too, is that of the
   * original.
   *
   * @param target the copy, which must not exist
   * @param weights the values
   * @throws UnpatchableWeightsException if a variable is stored in chunks or as float16
   * @throws UncheckedIOException if the copy cannot be written; then there is none
   */
  public void write(Path target, Weights weights) {
    List<ValueChange> changes = new ArrayList<>();
    original
        .variables()
        .forEach(
            (layer, variables) ->
                variables.forEach(
                    (name, variable) ->
                        changes.add(ReplacedValues.of(variable, weights.get(layer, name)))));
    fill(target, changes);
  }

  private void fill(Path target, List<ValueChange> changes) {
    boolean complete = false;
    try {
      Files.createFile(target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      original.file().copy(target, original.graph(), changes);
      complete = true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (!complete) {
        target.toFile().delete();
      }
    }
  }
}
