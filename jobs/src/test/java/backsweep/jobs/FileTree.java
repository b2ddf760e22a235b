package backsweep.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder as it is at one time, to be compared with what it is later.
 *
 * @param entries content and time of change of every file, and every folder, by path
 */
record FileTree(Map<String, String> entries) {

  private static final String FOLDER = "a folder";

  /** Hidden, but for the checksums of Hadoop's local file system. */
  private static final Pattern UNFINISHED =
      Pattern.compile("(^|/)(\\.(?![^/]*\\.crc$)|_temporary|_?unfinished)");

  /** The folder now; of a missing one there is nothing. */
  static FileTree of(Path folder) {
    Map<String, String> entries = new TreeMap<>();
    if (!Files.exists(folder)) {
      return new FileTree(entries);
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.toList()) {
        entries.put(folder.relativize(path).toString(), describe(path));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new FileTree(entries);
  }

  /** A folder with results of somebody else in it. */
  static Path existing(Path folder) {
    try {
      Files.createDirectories(folder.resolve("repaired/another"));
      Files.createDirectories(folder.resolve("repaired/network"));
      Files.writeString(folder.resolve("repaired/another/first-below-2.h5"), "weights");
      Files.writeString(folder.resolve("repaired/network/mean-activation-2.h5"), "weights");
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String describe(Path path) throws IOException {
    return Files.isDirectory(path)
        ? FOLDER
        : Arrays.hashCode(Files.readAllBytes(path)) + " at " + Files.getLastModifiedTime(path);
  }

  /** The part of this tree that another one has too, equal or not. */
  FileTree within(FileTree other) {
    Map<String, String> kept = new TreeMap<>(entries);
    kept.keySet().retainAll(other.entries.keySet());
    return new FileTree(kept);
  }

  /** The files without the folders, which change when something is added to them. */
  FileTree files() {
    Map<String, String> files = new TreeMap<>(entries);
    files.values().removeIf(FOLDER::equals);
    return new FileTree(files);
  }

  /** The files without the page about them, which changes when something is added to them. */
  FileTree filesButReport() {
    Map<String, String> files = new TreeMap<>(files().entries);
    files.keySet().removeIf(path -> path.matches("[.]?report[.]html([.]crc)?"));
    return new FileTree(files);
  }

  /** The paths of files and folders that end like this. */
  Stream<String> ending(String suffix) {
    return entries.keySet().stream().filter(path -> path.endsWith(suffix));
  }

  /** The paths of what runs have under work: files with an id of their own, locks and the like. */
  Stream<String> unfinished() {
    return entries.keySet().stream().filter(path -> UNFINISHED.matcher(path).find());
  }
}
