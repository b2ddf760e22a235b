package backsweep.jobs;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * A file system {@code full:} on the local disk that takes so many bytes and then no more, whatever
 * is deleted.
 */
public final class FullFileSystem extends FilterFileSystem {

  private static final String OPTION = "spark.hadoop.fs.full.impl";
  private static final AtomicLong TAKEN = new AtomicLong();
  private static volatile long room;

  /** The file system, made by Hadoop. */
  public FullFileSystem() {
    super(new Disk());
  }

  /** Makes it known to the Spark of runs from now on, with room for so many bytes. */
  static void mount(long bytes) {
    System.setProperty(OPTION, FullFileSystem.class.getName());
    TAKEN.set(0);
    room = bytes;
  }

  /** Forgets it. */
  static void unmount() {
    System.clearProperty(OPTION);
  }

  /** How many bytes it has taken since it was mounted. */
  static long taken() {
    return TAKEN.get();
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    FSDataOutputStream out =
        super.create(file, permission, overwrite, bufferSize, replication, blockSize, progress);
    return new FSDataOutputStream(new Limited(out), null);
  }

  @Override
  @SuppressWarnings("deprecation") // Hadoop calls it.
  public FSDataOutputStream createNonRecursive(
      Path file,
      FsPermission permission,
      EnumSet<CreateFlag> flags,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    boolean overwrite = flags.contains(CreateFlag.OVERWRITE);
    return create(file, permission, overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public FSDataOutputStreamBuilder<?, ?> createFile(Path file) {
    return createDataOutputStreamBuilder(this, file);
  }

  /** Writes as far as there is room. */
  private static final class Limited extends OutputStream {

    private final OutputStream out;

    private Limited(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      long free = Math.max(0, room - TAKEN.getAndAdd(length));
      out.write(bytes, offset, (int) Math.min(free, length));
      if (free < length) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  /** The local disk by another name. */
  private static final class Disk extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("full:///");
    }
  }
}
