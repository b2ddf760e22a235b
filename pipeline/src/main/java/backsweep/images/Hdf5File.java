package backsweep.images;

import backsweep.hdf.BoundedChunks;
import backsweep.hdf.BoundedHdf;
import backsweep.hdf.ChunkFilter;
import backsweep.hdf.NumberType;
import backsweep.hdf.RootCause;
import backsweep.hdf.Signature;
import backsweep.hdf.UnreadableChunkException;
import io.jhdf.HdfFile;
import io.jhdf.Superblock;
import io.jhdf.api.Dataset;
import io.jhdf.api.Link;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.dataset.CompactDataset;
import io.jhdf.exceptions.UnsupportedHdfException;
import io.jhdf.object.datatype.OrderedDataType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * An open HDF5 file, and the only class that knows which one: whatever goes wrong while it is read,
 * it tells as an {@link ImageFileException}. No link is followed.
 */
final class Hdf5File implements AutoCloseable {

  private static final String LABELS =
      "; 'label' has the class of each image, of poisoned images the attacker's target";

  /**
   * How much larger than the file what it holds compressed may be; gzip makes 1,032 bytes of one,
   * and images of drawings stored as float64 come near a hundred.
   */
  private static final long LARGEST_COMPRESSION = 128;

  /** So many bytes may be in any file, however small. */
  private static final long ALWAYS = 16 << 20;

  private final Path path;
  private final FileChannel channel;
  private HdfFile file;

  private Hdf5File(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Opens a file.
   *
   * @throws ImageFileException if it is missing, not HDF5 or truncated
   */
  static Hdf5File open(Path path) {
    Hdf5File opened = new Hdf5File(path, openChannel(path));
    try {
      opened.file = opened.guarded(opened::openFile);
      return opened;
    } catch (ImageFileException e) {
      opened.close();
      throw e;
    }
  }

  private static FileChannel openChannel(Path path) {
    try {
      return FileChannel.open(path);
    } catch (NoSuchFileException e) {
      throw new ImageFileException(path, "expected a file of images, found no such file", e);
    } catch (IOException e) {
      throw new ImageFileException(path, "cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * A file that fits is mapped for the sake of its tables: of what they declare jHDF then takes
   * views, not memory. In a larger file it takes memory, but within the bounds on tables.
   */
  private HdfFile openFile() {
    try {
      long start =
          Signature.find(channel)
              .orElseThrow(
                  () -> new UnusableDataException("expected an HDF5 file, found something else"));
      checkComplete(start);
      return size() <= Integer.MAX_VALUE
          ? BoundedHdf.open(channel.map(MapMode.READ_ONLY, 0, size()), Math.toIntExact(start))
          : BoundedHdf.open(channel, start);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void checkComplete(long start) {
    Superblock superblock = Superblock.readSuperblock(channel, start);
    if (superblock.getEndOfFileAddress() > size()) {
      throw new UnusableDataException(
          "is truncated: expected %d bytes, found %d"
              .formatted(superblock.getEndOfFileAddress(), size()));
    }
  }

  private long size() {
    try {
      return channel.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether there is something of that name. */
  boolean has(String name) {
    return guarded(() -> children().containsKey(name));
  }

  private Map<String, Node> children() {
    return BoundedHdf.children(file, file);
  }

  /** The numbers of a data set, after their shape has been checked by {@code check}. */
  StoredNumbers numbers(String name, Consumer<Declared> check) {
    return guarded(
        () -> {
          Dataset dataset = dataset(name);
          Declared declared = declared(name, dataset);
          check.accept(declared);
          return stored(declared, dataset);
        });
  }

  private Dataset dataset(String name) {
    Map<String, Node> children = children();
    Node node = children.get(name);
    if (node == null) {
      throw new UnusableDataException(
          "expected data sets 'data' and 'label', found no '%s'; there is %s%s"
              .formatted(
                  name,
                  children.isEmpty() ? "nothing" : children.keySet(),
                  name.equals("label") ? LABELS : ""));
    }
    if (node instanceof Link link) {
      throw new UnusableDataException(
          "expected '%s' to be a data set, found a link to %s; links are not followed"
              .formatted(name, link.getTargetPath()));
    }
    if (node instanceof Dataset dataset) {
      return dataset;
    }
    throw new UnusableDataException(
        "expected '%s' to be a data set, found a %s".formatted(name, node.getType()));
  }

  private static Declared declared(String name, Dataset dataset) {
    NumberType type =
        NumberType.of(dataset.getDataType())
            .orElseThrow(
                () ->
                    new UnusableDataException(
                        "expected '%s' to hold integers of 8 to 64 or floats of 16, 32 or 64 bits,"
                                .formatted(name)
                            + " found "
                            + dataset.getDataType().getClass().getSimpleName()));
    return new Declared(name, type, LongStream.of(dataset.getDimensionsAsLong()).boxed().toList());
  }

  private StoredNumbers stored(Declared declared, Dataset dataset) {
    ByteOrder order = ((OrderedDataType) dataset.getDataType()).getByteOrder();
    if (dataset instanceof ContiguousDataset contiguous) {
      return contiguous(declared, contiguous, order);
    }
    if (dataset instanceof ChunkedDataset chunked) {
      checkInflated(declared);
      BoundedHdf.checkChunks(file, chunked);
      return new ChunkedNumbers(
          declared, new BoundedChunks(chunked, EnumSet.allOf(ChunkFilter.class)), order);
    }
    checkFits(declared);
    return new CompactNumbers(declared, ((CompactDataset) dataset).getDataBuffer());
  }

  private StoredNumbers contiguous(Declared declared, ContiguousDataset dataset, ByteOrder order) {
    checkFits(declared);
    long address = dataset.getDataAddress();
    if (address < 0) {
      throw new UnusableDataException(
          "expected %s, found that it was never written".formatted(declared));
    }
    long position = Math.addExact(address, file.getUserBlockSize());
    long end = Math.addExact(position, declared.bytes());
    if (end > size()) {
      throw new UnusableDataException(
          "is truncated: expected %s up to byte %d, found %d bytes"
              .formatted(declared, end, size()));
    }
    return new ContiguousNumbers(declared, channel, position, order);
  }

  /** Before memory is taken: a file cannot hold more than its size, or what that inflates to. */
  private void checkInflated(Declared declared) {
    if (declared.bytes() > ALWAYS) {
      checkFits(declared, LARGEST_COMPRESSION);
    }
  }

  private void checkFits(Declared declared) {
    checkFits(declared, 1);
  }

  private void checkFits(Declared declared, long compression) {
    long bytes = declared.bytes();
    if (bytes / compression > size()) {
      throw new UnusableDataException(
          "declares %s, %d bytes, but has only %d bytes".formatted(declared, bytes, size()));
    }
  }

  /** The exception that tells of a problem with this file. */
  ImageFileException problem(String problem) {
    return new ImageFileException(path, problem);
  }

  /**
   * Reads something; what fails fails as an {@link ImageFileException}. jHDF meets a broken file
   * with any of a dozen exceptions, and a loop among its tables with an overflow of the stack.
   */
  <T> T guarded(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (ImageFileException e) {
      throw e;
    } catch (UnusableDataException | UnreadableChunkException e) {
      throw new ImageFileException(path, e.getMessage(), e);
    } catch (UncheckedIOException e) {
      throw new ImageFileException(path, "cannot be read: " + description(e.getCause()), e);
    } catch (RuntimeException | StackOverflowError e) {
      Throwable root = RootCause.of(e);
      throw new ImageFileException(
          path,
          (root instanceof UnsupportedHdfException
                  ? "is not supported: "
                  : "is a broken HDF5 file: ")
              + description(root),
          e);
    }
  }

  private static String description(Throwable thrown) {
    String message = thrown.getMessage();
    return message == null ? thrown.getClass().getSimpleName() : message;
  }

  /** jHDF's file has nothing else to close, and cannot close itself without a path. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new ImageFileException(path, "cannot be closed: " + e.getMessage(), e);
    }
  }
}
