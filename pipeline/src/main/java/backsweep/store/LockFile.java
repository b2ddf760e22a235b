package backsweep.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A small file that one of several processes creates, on any Hadoop path. */
final class LockFile {

  private static final Logger LOG = LoggerFactory.getLogger(LockFile.class);

  /** A time that is set comes back rounded, at most by this. */
  private static final Duration ROUNDED_BY = Duration.ofSeconds(2);

  private final FileSystem files;
  private final Path path;

  LockFile(Configuration configuration, String path) {
    this.files = new FileSystems(configuration).checksummed(path);
    this.path = new Path(path);
  }

  private LockFile(FileSystem files, Path path) {
    this.files = files;
    this.path = path;
  }

  /** Creates the file with this text; of several processes one succeeds. */
  boolean create(String text) {
    return call(
        () -> {
          try {
            writeNew(createNew(), text);
            return true;
          } catch (FileAlreadyExistsException | java.nio.file.FileAlreadyExistsException e) {
            return false;
          } catch (IOException e) {
            return isBeingCreated(e);
          }
        });
  }

  /** HDFS says otherwise that a file exists while another process has not closed it yet. */
  private boolean isBeingCreated(IOException refusal) throws IOException {
    if (files.exists(path)) {
      LOG.debug("{} is being created", path, refusal);
      return false;
    }
    throw refusal;
  }

  /** On a full disk a file can be created but not written: an empty lock would block everybody. */
  private void writeNew(OutputStream created, String text) throws IOException {
    try {
      write(created, text);
    } catch (IOException | FSError e) {
      files.delete(path, false);
      throw e;
    }
  }

  private static void write(OutputStream created, String text) throws IOException {
    try (OutputStream out = created) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Hadoop's local file system looks first and creates then; Java's does it in one. */
  private OutputStream createNew() throws IOException {
    if (files instanceof LocalFileSystem local) {
      return Files.newOutputStream(
          local.pathToFile(path).toPath(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }
    return files.create(path, false);
  }

  /** The text; empty where there is no file. */
  Optional<String> read() {
    return call(
        () -> {
          try (InputStream in = files.open(path)) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
          } catch (FileNotFoundException e) {
            return Optional.empty();
          }
        });
  }

  /** When the file was last touched; empty where there is none. */
  Optional<Instant> touched() {
    return call(
        () -> {
          try {
            return Optional.of(
                Instant.ofEpochMilli(files.getFileStatus(path).getModificationTime()));
          } catch (FileNotFoundException e) {
            return Optional.empty();
          }
        });
  }

  /**
   * Says that the owner, who wrote this text, lives. Object stores take no times; there the file is
   * written again.
   */
  void touch(String text) {
    Instant now = Instant.now();
    if (!isOf(text)) {
      return;
    }
    call(
        () -> {
          setTime(now);
          boolean isTouched =
              touched().map(time -> time.isAfter(now.minus(ROUNDED_BY))).orElse(true);
          if (!isTouched && isOf(text)) {
            write(files.create(path, true), text);
          }
          return path;
        });
  }

  private boolean isOf(String text) {
    return read().equals(Optional.of(text));
  }

  private void setTime(Instant time) throws IOException {
    try {
      files.setTimes(path, time.toEpochMilli(), -1);
    } catch (UnsupportedOperationException e) {
      LOG.debug("{} takes no times", path, e);
    }
  }

  /**
   * Removes the file if it has this text. It is moved aside first and looked at there, so that of
   * several processes one gets it away, and a new file that came meanwhile is put back.
   */
  void remove(String text) {
    Path aside = path.suffix("-" + UUID.randomUUID());
    call(
        () -> {
          if (!isOf(text) || !moveTo(aside)) {
            return false;
          }
          return new LockFile(files, aside).isOf(text)
              ? files.delete(aside, false)
              : files.rename(aside, path);
        });
  }

  private boolean moveTo(Path aside) throws IOException {
    try {
      return files.exists(path) && files.rename(path, aside);
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  private <T> T call(FileSystems.Operation<T> operation) {
    return FileSystems.call(path.toString(), operation);
  }
}
