package backsweep.modelfiles;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.keras.KerasFileException;
import io.jhdf.api.dataset.ChunkedDataset;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On files of images, of which every kind of chunk is there. */
class ChunksTest {

  @ParameterizedTest
  @ValueSource(strings = {"chunked", "gzip", "fletcher32", "gzip_shuffle_fletcher32"})
  void wholeChunksAreTaken(String name) throws IOException {
    Chunks chunks = chunks(name);
    assertThatCode(chunks::check).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lzf | expected no filters but gzip, shuffle and fletcher32, found
          chunk_missing | expected a chunk at [4, 0, 0, 0], found none
          chunk_inflates_to_more | found at [0, 0, 0, 0]: expected that it inflates to 120 bytes
          chunk_inflates_to_less | expected chunks of 120 bytes, found at [0, 0, 0, 0]: expected 120 bytes, found 119
          chunk_cut_off | found that it is cut off or inflates to more
          chunk_not_gzip | expected gzip data, found something else
          fletcher32_broken | expected the checksum
          """)
  void othersAreRefused(String name, String problem) throws IOException {
    Chunks chunks = chunks(name);
    assertThatThrownBy(chunks::check)
        .isInstanceOf(KerasFileException.class)
        .hasMessageStartingWith(name + ", data: ")
        .hasMessageContaining(problem);
  }

  private static Chunks chunks(String name) throws IOException {
    URI file = URI.create(ChunksTest.class.getResource("/images/" + name + ".h5").toString());
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(Path.of(file)));
    StoredVariable data = HdfGroup.open(bytes, name).variable("data").orElseThrow();
    return new Chunks((ChunkedDataset) data.dataset(), data.where());
  }
}
