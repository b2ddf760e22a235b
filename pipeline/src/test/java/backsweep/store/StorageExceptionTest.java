package backsweep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.UnknownHostException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.protocol.DSQuotaExceededException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

class StorageExceptionTest {

  private final IOException full = new IOException("No space left on device");

  @Test
  void saysWhereAndWhatTheFileSystemSays() {
    assertThat(new StorageException("hdfs://a/x", new IOException("refused")))
        .hasMessage("hdfs://a/x: refused");
    assertThat(new StorageException("/x", new IOException((String) null)))
        .hasMessage("/x: java.io.IOException");
  }

  @Test
  void leavesOutTheTraceThatARemoteFileSystemSends() {
    assertThat(new StorageException("/x", new IOException("refused\n\tat a.B.c(B.java:1)\n")))
        .hasMessage("/x: refused");
  }

  @Test
  void saysWhatToDo() {
    assertThat(new StorageException("/x", full))
        .hasMessage(
            "/x: could not be written: No space left on device; make room there, then run the same"
                + " command again");
    assertThat(new StorageException("hdfs://a/x", new UnknownHostException("a")))
        .hasMessageEndingWith("found \"a\"; correct the name or try again later");
  }

  @Test
  void ofFullIsFoundAmongWhatSparkWraps() {
    SparkException wrapped =
        new SparkException("job aborted", new SparkException("task failed", full));

    assertThat(StorageException.ofFull("/out", wrapped))
        .get()
        .extracting(Throwable::getMessage)
        .asString()
        .startsWith("/out: could not be written: No space left on device;");
  }

  @Test
  void ofFullKeepsThePathThatIsKnownAlready() {
    StorageException known = new StorageException("/out/a", full);

    assertThat(StorageException.ofFull("/out", new SparkException("job aborted", known)))
        .containsSame(known);
  }

  @Test
  void ofFullIsNothingElse() {
    IOException refused = new IOException("refused");

    assertThat(StorageException.ofFull("/out", new SparkException("aborted", refused))).isEmpty();
    assertThat(StorageException.ofFull("/out", new StorageException("/x", refused))).isEmpty();
    assertThat(StorageException.ofFull("/out", new IOException((String) null))).isEmpty();
  }

  @Test
  void ofFullIsAlsoAQuota() {
    DSQuotaExceededException quota = new DSQuotaExceededException(1_000, 2_000);
    quota.setPathName("/out");

    assertThat(StorageException.ofFull("/out", quota)).isPresent();
  }

  @Test
  void isWhatHadoopsLocalFileSystemMakesAnErrorOf() {
    String device = "/dev/full";
    FileSystem files = new FileSystems(new Configuration()).of(device);

    assertThatThrownBy(() -> FileSystems.call(device, () -> write(files, device)))
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith(device + ": could not be written: No space left on device;");
  }

  private static String write(FileSystem files, String path) throws IOException {
    try (OutputStream out = files.create(new Path(path), true)) {
      out.write(1);
    }
    return path;
  }
}
