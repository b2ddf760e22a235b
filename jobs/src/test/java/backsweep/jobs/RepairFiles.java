package backsweep.jobs;

import backsweep.images.FileHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Every repaired file and every file of a detector in an output.
 *
 * @param hashes sha256 of what is in them, by paths under the output
 */
record RepairFiles(Map<String, String> hashes) {

  /** Those that are there now. */
  static RepairFiles of(Path output) {
    Map<String, String> hashes = new TreeMap<>();
    for (String kind : new String[] {"repaired", "goodnet"}) {
      try (Stream<Path> tree = Files.walk(output.resolve(kind))) {
        tree.filter(Files::isRegularFile)
            .forEach(file -> hashes.put(output.relativize(file).toString(), FileHash.sha256(file)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new RepairFiles(hashes);
  }
}
