package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.testing.Golden;
import backsweep.testing.LocalSpark;
import backsweep.testing.RemoteFileSystem;
import backsweep.testing.StoredDefence;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A defence whose inputs and output are on what behaves like an object store. */
class ObjectStoreTest {

  @TempDir private Path folder;

  @Test
  void tablesAreThoseOfTheLocalDisk() {
    RemoteFileSystem.addTo(LocalSpark.session().sparkContext().hadoopConfiguration());
    StoredDefence local =
        new StoredDefence(Golden.BN_AFTER, path -> path, folder.resolve("local").toString());
    StoredDefence remote =
        new StoredDefence(
            Golden.BN_AFTER, path -> "remote:" + path, "remote:" + folder.resolve("remote"));

    local.run();
    remote.run();
    remote.run();

    assertThat(remote.tables()).isEqualTo(local.tables());
    assertThat(remote.tables())
        .allSatisfy(
            (name, rows) ->
                assertThat(rows.isEmpty()).isEqualTo(StoredDefence.LEFT_EMPTY.contains(name)));
    assertThat(folder.resolve("remote/.lock")).doesNotExist();
    assertThat(folder.resolve("remote/repaired")).isNotEmptyDirectory();
    assertThat(Files.exists(folder.resolve("remote/images"))).isTrue();
  }
}
