package backsweep.hdf;

import io.jhdf.api.DatasetCreationOptions;
import io.jhdf.api.WritableGroup;
import java.util.List;

/**
 * A group of a file that is being written.
 *
 * <p>jHDF writes what it cannot write without an error: attributes of no text or of more than 32
 * KB, and groups with nothing in them. They must not be put here.
 */
public final class NewGroup {

  private final WritableGroup group;

  NewGroup(WritableGroup group) {
    this.group = group;
  }

  /** Puts a text beside the group. */
  public void attribute(String name, String text) {
    group.putAttribute(name, text);
  }

  /** Puts a list of texts beside the group. */
  public void attribute(String name, List<String> texts) {
    group.putAttribute(name, texts.toArray(String[]::new));
  }

  /** Puts a group into this one. */
  public NewGroup group(String name) {
    return new NewGroup(group.putGroup(name));
  }

  /**
   * Puts a data set into the group, in one piece and not compressed.
   *
   * @param values numbers, as an array of arrays for each axis but the last
   */
  public void dataset(String name, Object values) {
    group.putDataset(name, values);
  }

  /** Puts a data set of integers that have no sign; otherwise as {@link #dataset}. */
  public void unsignedDataset(String name, Object values) {
    group.putDataset(name, values, DatasetCreationOptions.builder().unsigned().build());
  }
}
