package backsweep.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.hostile.Trial.Outcome;
import backsweep.keras.KerasFileException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Zips made to write elsewhere, or to make a reader take memory. */
class CraftedZipTest {

  private static final byte[] END = {'P', 'K', 5, 6};

  /** Places in what the list says of an entry. */
  private static final int COMPRESSED_IN_LIST = 20;

  private static final int NAME_IN_LIST = 46;

  @TempDir private Path folder;

  private final Trial trial = new Trial();
  private String architecture;

  @BeforeEach
  void readArchitecture() throws IOException {
    Seed small = Seed.named("keras/small.json");
    architecture = Files.readString(small.file());
  }

  @AfterEach
  void stop() {
    trial.close();
  }

  private Path zip(String config, int zeros, String... others) throws IOException {
    Path file = folder.resolve("model.keras");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      write(zip, config, architecture.getBytes(StandardCharsets.UTF_8), 1);
      for (String other : others) {
        write(zip, other, new byte[100], 1);
      }
      write(zip, "model.weights.h5", new byte[1 << 20], zeros);
    }
    return file;
  }

  private static void write(ZipOutputStream zip, String name, byte[] content, int times)
      throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    OutputStream entry = zip;
    for (int i = 0; i < times; i++) {
      entry.write(content);
    }
    zip.closeEntry();
  }

  private Outcome read(Path file) {
    return trial.read(Subject.NETWORK, file, file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../config.json", "/config.json", "..\\config.json", "./config.json"})
  void anEntryElsewhereIsNotTheOneWanted(String name) throws IOException {
    assertThat(read(zip(name, 1)).refusal())
        .hasMessageContaining("expected one entry config.json as in a .keras file");
    assertThat(folder.toFile().list()).containsExactly("model.keras");
  }

  @Test
  void otherEntriesAreNotWrittenAnywhere() throws IOException {
    Path file = zip("config.json", 1, "../../escaped", "/escaped", "C:\\escaped");

    assertThat(read(file).refusal()).hasMessageContaining("expected an HDF5 file");
    assertThat(folder.toFile().list()).containsExactly("model.keras");
    assertThat(folder.resolve("../escaped")).doesNotExist();
    assertThat(folder.resolve("../../escaped")).doesNotExist();
  }

  @Test
  void oneOfTwoEntriesOfTheSameNameIsNotChosen() throws IOException {
    Path file = zip("config.json", 1, "config.jsoX");
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    Files.writeString(file, bytes.replace("jsoX", "json"), StandardCharsets.ISO_8859_1);

    assertThat(read(file).refusal())
        .hasMessageContaining("expected one entry config.json")
        .hasMessageContaining("[config.json, config.json");
  }

  /** Python ends a name at its first NUL, and would take this one for the weights. */
  @Test
  void aNameThatPythonWouldCutIsRefused() throws IOException {
    Path file = zip("config.json", 1, "model.weights.h5\0");

    assertThat(read(file).refusal())
        .hasMessageContaining("expected names of entries without control characters");
  }

  /** Python since 3.12 takes this name instead of the entry's own, as do other readers of zips. */
  @Test
  void anEntryOfTwoNamesIsRefused() throws IOException {
    Path file = folder.resolve("model.keras");
    for (String other : List.of("config.json", "", "notes.tx\0")) {
      writeNamed(file, other);

      assertThat(read(file).refusal())
          .hasMessageContaining("expected one name for the entry notes.txt, found also ")
          .hasMessageContaining(other.replace('\0', ' '));
    }
  }

  @Test
  void anEntryThatSaysItsNameTwiceIsRead() throws IOException {
    Path file = folder.resolve("model.keras");
    writeNamed(file, "notes.txt");

    assertThat(read(file).refusal()).hasMessageContaining("expected an HDF5 file");
  }

  @Test
  void anExtraFieldThatEndsEarlyIsRefused() throws IOException {
    Path file = folder.resolve("model.keras");
    writeNamed(file, "config.json");
    Crafted zip = Crafted.of(Files.readAllBytes(file));
    int inList = zip.findBefore("up", zip.bytes().length - 2);
    Files.write(file, zip.putShort(inList + 2, 1000).bytes());

    assertThat(read(file).refusal()).hasMessageContaining("model.keras: expected a zip");
  }

  /** An entry {@code notes.txt} whose Unicode Path says another name. */
  private void writeNamed(Path file, String other) throws IOException {
    byte[] name = other.getBytes(StandardCharsets.UTF_8);
    CRC32 checksum = new CRC32();
    checksum.update("notes.txt".getBytes(StandardCharsets.UTF_8));
    ByteBuffer field = ByteBuffer.allocate(9 + name.length).order(ByteOrder.LITTLE_ENDIAN);
    field.putShort((short) 0x7075).putShort((short) (5 + name.length)).put((byte) 1);
    field.putInt((int) checksum.getValue()).put(name);
    ZipEntry named = new ZipEntry("notes.txt");
    named.setExtra(field.array());
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      write(zip, "config.json", architecture.getBytes(StandardCharsets.UTF_8), 1);
      zip.putNextEntry(named);
      zip.closeEntry();
      write(zip, "model.weights.h5", new byte[1 << 20], 1);
    }
  }

  @Test
  void weightsThatInflateAThousandTimesAreRefused() throws IOException {
    architecture = architecture.replace("\"units\": 3", "\"units\": 2000000");
    Path file = zip("config.json", 200);
    Outcome outcome = read(file);

    assertThat(Files.size(file)).isLessThan(1 << 20);
    assertThat(outcome.refusal())
        .hasMessageContaining("model.weights.h5: expected at most 67108864 bytes of")
        .hasMessageContaining("found 209715200");
    assertThat(outcome.bytes()).isLessThan(16 << 20);
  }

  @Test
  void weightsOfMoreThanTheArchitectureNeedsAreRefused() throws IOException {
    Outcome outcome = read(zip("config.json", 60));

    assertThat(outcome.refusal()).hasMessageContaining("model.weights.h5: expected at most");
    assertThat(outcome.bytes()).isLessThan(16 << 20);
  }

  @Test
  void aZipWithTwoEndsIsRefused() throws IOException {
    Path file = zip("config.json", 1);
    Crafted zip = Crafted.of(Files.readAllBytes(file));
    byte[] bytes = zip.bytes();
    zip.append(Arrays.copyOfRange(bytes, zip.find(END), bytes.length));
    Files.write(file, zip.bytes());

    assertThat(read(file).refusal())
        .hasMessageContaining("expected a zip with one end, found 2 of them");
  }

  /**
   * An entry that no reader needs is looked at when the file is copied; found by mutation 8553 of
   * this network.
   */
  @Test
  void anEntryThatEndsEarlyIsNotCopied() throws IOException {
    Crafted zip = Crafted.of(Seed.named("keras/networks/RandomTranslation_0.keras").bytes());
    int name = zip.findBefore("metadata.json", zip.find(END));
    Path file = folder.resolve("model.keras");
    Files.write(file, zip.putInt(name - NAME_IN_LIST + COMPRESSED_IN_LIST, 10).bytes());

    Outcome read = read(file);
    assertThat(read.isRead()).isTrue();
    assertThat(trial.goOn(read.model().orElseThrow(), model -> model.repair(folder)).refusal())
        .isInstanceOf(KerasFileException.class)
        .hasMessageContaining("model.keras: expected a zip, found a broken one: Unexpected end");
    assertThat(folder.toFile().list()).containsExactly("model.keras");
  }

  @Test
  void aListOfEntriesOfAGigabyteIsRefused() throws IOException {
    Path file = zip("config.json", 1);
    Crafted zip = Crafted.of(Files.readAllBytes(file));
    Files.write(file, zip.putInt(zip.find(END) + 12, 1 << 30).bytes());

    assertThat(read(file).refusal())
        .hasMessageContaining("expected a list of entries of at most 4194304 bytes");
  }
}
