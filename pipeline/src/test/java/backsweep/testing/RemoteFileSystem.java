package backsweep.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * A file system {@code remote:} that behaves like an object store and keeps its files on the local
 * disk, under the same path. A file appears, whole, when it is closed; a folder is renamed file by
 * file; nothing is appended to; times cannot be set. Files called {@link #REFUSED}, or below a
 * folder of that name, cannot be created.
 */
public final class RemoteFileSystem extends FilterFileSystem {

  /** A name that is refused. */
  public static final String REFUSED = "refused";

  private static final List<String> APPEARED = new CopyOnWriteArrayList<>();

  /** The file system, made by Hadoop. */
  public RemoteFileSystem() {
    super(new Disk());
  }

  /** A configuration that knows it. */
  public static Configuration configuration() {
    return addTo(new Configuration());
  }

  /** Makes it known to a configuration. */
  public static Configuration addTo(Configuration configuration) {
    configuration.setClass("fs.remote.impl", RemoteFileSystem.class, FileSystem.class);
    return configuration;
  }

  /** The local paths of all files ever, in the order in which they appeared. */
  public static List<String> appeared() {
    return List.copyOf(APPEARED);
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
    if (List.of(file.toUri().getPath().split("/")).contains(REFUSED)) {
      throw new IOException("no space left");
    }
    if (!overwrite && exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    return new FSDataOutputStream(new Upload(local(file)), null);
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

  @Override
  public FSDataOutputStream append(Path file, int bufferSize, Progressable progress) {
    throw new UnsupportedOperationException("append");
  }

  @Override
  public void setTimes(Path file, long modified, long read) {
    // As stores do that keep the time of the upload.
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    if (!exists(from)) {
      return false;
    }
    Path target = exists(to) && getFileStatus(to).isDirectory() ? new Path(to, from.getName()) : to;
    if (exists(target)) {
      return false;
    }
    copy(from, target);
    return delete(from, true);
  }

  private void copy(Path from, Path to) throws IOException {
    if (getFileStatus(from).isFile()) {
      Files.createDirectories(local(to).getParent());
      Files.copy(local(from), local(to));
      APPEARED.add(local(to).toString());
      return;
    }
    mkdirs(to);
    for (FileStatus entry : listStatus(from)) {
      copy(entry.getPath(), new Path(to, entry.getPath().getName()));
    }
  }

  private static java.nio.file.Path local(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath());
  }

  /** A file that nobody sees before it is closed. */
  private static final class Upload extends ByteArrayOutputStream {

    private final java.nio.file.Path target;
    private boolean isClosed;

    private Upload(java.nio.file.Path target) {
      this.target = target;
    }

    @Override
    public void close() throws IOException {
      if (!isClosed) {
        isClosed = true;
        Files.createDirectories(target.getParent());
        Files.write(target, toByteArray());
        APPEARED.add(target.toString());
      }
    }
  }

  /** The local disk by another name. */
  private static final class Disk extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("remote:///");
    }
  }
}
