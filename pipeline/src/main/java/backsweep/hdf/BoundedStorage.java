package backsweep.hdf;

import io.jhdf.Superblock;
import io.jhdf.storage.HdfBackingStorage;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * The bytes of an HDF5 file, of which jHDF gets tables within a {@link Budget} only, and no more of
 * anything than there is.
 */
final class BoundedStorage implements HdfBackingStorage {

  private final HdfBackingStorage storage;
  private final Budget budget = new Budget();
  private final Tables tables;

  BoundedStorage(HdfBackingStorage storage) {
    this.storage = storage;
    this.tables = new Tables(storage, budget);
  }

  Budget budget() {
    return budget;
  }

  long links() {
    return tables.links();
  }

  /** A part of a table. */
  @Override
  public ByteBuffer readBufferFromAddress(long address, int length) {
    checkWithin(address, length);
    budget.spend(length);
    tables.checkLength(length);
    ByteBuffer table = storage.readBufferFromAddress(address, length);
    tables.check(table);
    return table;
  }

  /** Data; they are not counted, as they may be read again and again. */
  @Override
  public ByteBuffer map(long address, long length) {
    checkWithin(address, length);
    return storage.map(address, length);
  }

  @Override
  public ByteBuffer mapNoOffset(long address, long length) {
    checkWithin(address, length);
    return storage.mapNoOffset(address, length);
  }

  private void checkWithin(long address, long length) {
    if (address < 0 || length < 0 || length > size() || address > size() - length) {
      throw new HdfLimitException(
          "parts within the file's %d bytes".formatted(size()),
          "%d bytes at %s".formatted(length, Long.toUnsignedString(address)));
    }
  }

  @Override
  public long getUserBlockSize() {
    return storage.getUserBlockSize();
  }

  @Override
  public Superblock getSuperblock() {
    return storage.getSuperblock();
  }

  @Override
  public FileChannel getFileChannel() {
    return storage.getFileChannel();
  }

  @Override
  public int getSizeOfOffsets() {
    return storage.getSizeOfOffsets();
  }

  @Override
  public int getSizeOfLengths() {
    return storage.getSizeOfLengths();
  }

  @Override
  public void close() {
    storage.close();
  }

  @Override
  public long size() {
    return storage.size();
  }

  @Override
  public boolean inMemory() {
    return storage.inMemory();
  }
}
