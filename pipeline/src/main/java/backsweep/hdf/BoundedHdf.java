package backsweep.hdf;

import io.jhdf.AbstractNode;
import io.jhdf.Constants;
import io.jhdf.HdfFile;
import io.jhdf.ObjectHeader;
import io.jhdf.Superblock;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.btree.BTreeV2;
import io.jhdf.object.message.LinkInfoMessage;
import io.jhdf.object.message.LinkMessage;
import io.jhdf.storage.HdfBackingStorage;
import io.jhdf.storage.HdfFileChannel;
import io.jhdf.storage.HdfInMemoryByteBuffer;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.Set;

/**
 * Opens HDF5 files so that jHDF, which believes every count and follows every address in a file,
 * meets bounds: tables of 16 MiB in all, no circles, no more entries than the file has bytes. Both
 * rooms that read HDF5 open it here.
 *
 * <p>A file is for one thread. Whatever is asked of it can throw a {@link HdfLimitException}, or
 * any exception of jHDF that has one as its cause.
 */
public final class BoundedHdf {

  /** The most chunks of a file; each takes some 300 bytes of memory. */
  public static final int MOST_CHUNKS = 1 << 20;

  private static final Set<Integer> NUMBER_SIZES = Set.of(Integer.BYTES, Long.BYTES);

  private BoundedHdf() {}

  /**
   * Opens the file that these bytes are.
   *
   * @param bytes all of it
   * @param start where its superblock begins, 0 if it has no user block
   */
  public static HdfFile open(ByteBuffer bytes, int start) {
    ByteBuffer file = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    file.clear().position(start);
    Superblock superblock = Superblock.readSuperblock(file);
    return open(new HdfInMemoryByteBuffer(file, superblock), start);
  }

  /**
   * Opens the file behind a channel, for files that do not fit into a buffer.
   *
   * @param start where its superblock begins, 0 if it has no user block
   */
  public static HdfFile open(FileChannel channel, long start) {
    return open(new HdfFileChannel(channel, Superblock.readSuperblock(channel, start)), start);
  }

  private static HdfFile open(HdfBackingStorage storage, long start) {
    Superblock superblock = storage.getSuperblock();
    if (superblock.getBaseAddressByte() != start) {
      throw new HdfLimitException(
          "a superblock that says it is at byte " + start, superblock.getBaseAddressByte());
    }
    if (!NUMBER_SIZES.contains(superblock.getSizeOfOffsets())
        || !NUMBER_SIZES.contains(superblock.getSizeOfLengths())) {
      throw new HdfLimitException(
          "offsets and lengths of 4 or 8 bytes",
          superblock.getSizeOfOffsets() + " and " + superblock.getSizeOfLengths());
    }
    return opened(new BoundedStorage(storage));
  }

  /** jHDF lets nobody else bring a storage of their own. */
  private static HdfFile opened(BoundedStorage storage) {
    try {
      Constructor<HdfFile> constructor =
          HdfFile.class.getDeclaredConstructor(HdfBackingStorage.class);
      constructor.setAccessible(true);
      return constructor.newInstance(storage);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("jHDF has changed: no HdfFile of a storage", e);
    }
  }

  /**
   * What is in a group, by name. Of two links of one name every reader takes another one: a file
   * could show one network here and another one to Keras.
   *
   * @param file the group's file, opened here
   * @throws HdfLimitException if two links have the same name
   */
  public static Map<String, Node> children(HdfFile file, Group group) {
    BoundedStorage storage = (BoundedStorage) file.getHdfBackingStorage();
    long before = storage.links();
    Map<String, Node> children = group.getChildren();
    long links = storage.links() - before + newLinks(storage, group);
    if (links > children.size()) {
      throw new HdfLimitException(
          "links of different names", "%d of %d names".formatted(links, children.size()));
    }
    return children;
  }

  /** Links in the new style: in the header, or in a tree of their own. */
  private static long newLinks(BoundedStorage storage, Group group) {
    if (!(group instanceof AbstractNode node)) {
      return 0;
    }
    ObjectHeader header = node.getHeader();
    if (!header.hasMessageOfType(LinkInfoMessage.class)) {
      return 0;
    }
    long tree = header.getMessageOfType(LinkInfoMessage.class).getBTreeNameIndexAddress();
    return tree == Constants.UNDEFINED_ADDRESS
        ? header.getMessagesOfType(LinkMessage.class).size()
        : new BTreeV2<>(storage, tree).getRecords().size();
  }

  /**
   * Checks how many chunks a data set has by its shape, before their index is read, and allows the
   * reading of an index of so many. To be called once for each data set.
   *
   * @param file the data set's file, opened here
   * @throws HdfLimitException if its chunks do not fit it, or the file has more than {@link
   *     #MOST_CHUNKS}
   */
  public static void checkChunks(HdfFile file, ChunkedDataset dataset) {
    long[] axes = dataset.getDimensionsAsLong();
    int[] chunk = dataset.getChunkDimensions();
    if (chunk.length != axes.length) {
      throw new HdfLimitException("chunks of %d axes".formatted(axes.length), chunk.length);
    }
    double chunks = 1;
    for (int axis = 0; axis < axes.length; axis++) {
      if (chunk[axis] < 1) {
        throw new HdfLimitException("chunks of a size", "an axis of " + chunk[axis]);
      }
      chunks *= Math.ceil((double) axes[axis] / chunk[axis]);
    }
    ((BoundedStorage) file.getHdfBackingStorage()).budget().allowChunks(chunks);
  }
}
