package backsweep.modelfiles;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.keras.KerasFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first bytes are those that each format's own writer gives its files. */
class OtherFormatTest {

  private static final String WAY_OUT =
      "; save the network in Keras, by model.save(\"network.keras\")";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      textBlock =
          """
          1c00000054464c331400200018 | a TensorFlow Lite network
          80049505000000000000007d942e | a Python pickle, which is code
          800363636f6c6c656374696f6e73 | a Python pickle, which is code
          80028a0a6c fc9c46f9206aa850192e | a PyTorch network
          0801129b98020a831612d3150a5e | a TensorFlow SavedModel, as model.export() writes it
          080812077079746f7263681a05 | an ONNX network
          08073a9b010a0a | an ONNX network
          0a3a0a0178120b506c616365686f6c6465722a0b | a TensorFlow graph
          93 4e554d5059 01007600 | a NumPy array
          48000000000000007b225f5f6d | weights as safetensors
          7b22636c6173735f6e616d65223a | JSON, as an architecture without weights is
          """)
  void aFormatIsRecognisedByItsFirstBytes(String hex, String words) throws IOException {
    Path file = folder.resolve("network.h5");
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    Files.write(file, Arrays.copyOf(bytes, 400));

    assertThatThrownBy(() -> KerasReader.read(file, Optional.empty()))
        .isInstanceOf(KerasFileException.class)
        .hasMessage(
            file
                + ": expected a Keras model, as HDF5 (.h5) or zip (.keras), found "
                + words
                + WAY_OUT);
  }

  @ParameterizedTest
  @CsvSource({"archive/data.pkl, a PyTorch network", "kernel.npy, a NumPy array"})
  void aZipIsRecognisedByItsFirstEntry(String entry, String words) throws IOException {
    Path file = folder.resolve("network.keras");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write("content".repeat(100).getBytes(StandardCharsets.US_ASCII));
    }

    assertThatThrownBy(() -> KerasReader.read(file, Optional.empty()))
        .isInstanceOf(KerasFileException.class)
        .hasMessageEndingWith("found " + words + WAY_OUT);
  }

  @Test
  void anEmptyFolderIsAFolder() {
    assertThatThrownBy(() -> KerasReader.read(folder, Optional.empty()))
        .isInstanceOf(KerasFileException.class)
        .hasMessage(folder + ": expected a file, found a folder");
  }
}
