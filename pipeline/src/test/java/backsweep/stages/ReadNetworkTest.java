package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.keras.KerasFileException;
import backsweep.stages.DefenceRequest.NetworkFile;
import backsweep.store.MissingFileException;
import backsweep.store.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadNetworkTest {

  @TempDir private Path folder;

  private final SharedFiles files = new SharedFiles(new Configuration());

  private SubjectNetwork read() {
    return new ReadNetwork(files)
        .execute(
            new NetworkFile(
                folder.toString(), Optional.empty(), 1, Optional.empty(), Optional.empty()));
  }

  @Test
  void anExportedFolderIsRefusedWithTheWayOut() throws IOException {
    Files.write(folder.resolve("saved_model.pb"), new byte[] {8, 1});

    assertThatThrownBy(this::read)
        .isInstanceOf(KerasFileException.class)
        .hasMessageEndingWith("save the network in Keras, by model.save(\"network.keras\")");
  }

  @Test
  void anotherFolderIsNoFile() {
    assertThatThrownBy(this::read)
        .isInstanceOf(MissingFileException.class)
        .hasMessageEndingWith("expected a file, found a directory");
  }
}
