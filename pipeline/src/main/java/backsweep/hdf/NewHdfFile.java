package backsweep.hdf;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.exceptions.HdfException;
import io.jhdf.object.datatype.OrderedDataType;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Writes HDF5 files of our own. */
public final class NewHdfFile {

  private NewHdfFile() {}

  /**
   * Where the values of a data set lie.
   *
   * @param position of their first byte in the file
   * @param order of the bytes of each
   */
  public record Place(long position, ByteOrder order) {}

  /**
   * Writes a file.
   *
   * @param file an empty file
   * @param name of the file that it becomes, for errors
   * @param content puts all that is to be in it into its root
   * @throws IOException if it cannot be written; what is in it then is of no use
   */
  public static void write(Path file, Path name, Consumer<NewGroup> content) throws IOException {
    try (WritableHdfFile root = HdfFile.write(file)) {
      content.accept(new NewGroup(root));
    } catch (HdfException e) {
      throw new IOException(name + " cannot be written: " + RootCause.words(e), e);
    }
  }

  /**
   * Where the values of a data set were written.
   *
   * @param file a file that was written here
   * @param dataset the name of a data set in its root
   * @throws IOException if that cannot be read
   */
  public static Place place(Path file, String dataset) throws IOException {
    try (HdfFile written = new HdfFile(file)) {
      ContiguousDataset data = (ContiguousDataset) written.getDatasetByPath(dataset);
      return new Place(
          data.getDataAddress(), ((OrderedDataType) data.getDataType()).getByteOrder());
    } catch (HdfException e) {
      throw new IOException(file + " cannot be read: " + RootCause.words(e), e);
    }
  }
}
