package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.store.OutputInUseException;
import backsweep.testing.Golden;
import backsweep.testing.LockHolder;
import backsweep.testing.SmallHdfs;
import backsweep.testing.StoredDefence;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A defence whose inputs and output are on HDFS, and two of them at once. */
class HdfsTest {

  @TempDir private Path folder;

  @Test
  void tablesAreThoseOfTheLocalDiskAndOneRunWritesAtATime() throws Exception {
    StoredDefence local =
        new StoredDefence(Golden.BN_AFTER, path -> path, folder.resolve("local").toString());
    local.run();
    try (SmallHdfs hdfs = SmallHdfs.start(folder.resolve("hdfs"))) {
      String output = hdfs.uri() + "/out";
      StoredDefence remote = new StoredDefence(Golden.BN_AFTER, hdfs::copy, output);
      refusesWhileAnotherRunWrites(remote);

      remote.run();

      assertThat(remote.tables()).isEqualTo(local.tables());
    }
  }

  /** The other run is killed in the end, so its lock stays. */
  private static void refusesWhileAnotherRunWrites(StoredDefence defence)
      throws IOException, InterruptedException {
    Process other = LockHolder.start(defence.output());
    try {
      assertThatThrownBy(defence::run)
          .isInstanceOf(OutputInUseException.class)
          .hasMessageStartingWith(
              "%s: another run writes there: defend in another process (process %d on "
                  .formatted(defence.output(), other.pid()));
    } finally {
      other.destroyForcibly().waitFor();
    }
  }
}
