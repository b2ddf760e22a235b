package backsweep.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Makes files and folders locally and copies them out whole, under names that are free. */
final class Publisher {

  private final FileSystems systems;

  Publisher(FileSystems systems) {
    this.systems = systems;
  }

  /** Publishes under one name; what is there already stays. */
  void publish(String target, LocalAction<?> writer) {
    try (Scratch scratch = Scratch.open()) {
      java.nio.file.Path local = scratch.file(target);
      writer.apply(local);
      copyOut(local, target);
    }
  }

  /** Publishes under the first of some names that is free or holds the same already. */
  String publishBeside(IntFunction<String> names, LocalAction<?> writer) {
    try (Scratch scratch = Scratch.open()) {
      java.nio.file.Path local = scratch.file(names.apply(0));
      writer.apply(local);
      for (int place = 0; ; place++) {
        String target = names.apply(place);
        if (isPublished(local, target)) {
          return target;
        }
      }
    }
  }

  /** Whether a target holds the same now, be it copied there or found there. */
  private boolean isPublished(java.nio.file.Path local, String target) {
    FileSystem files = systems.of(target);
    Path path = new Path(target);
    if (!FileSystems.call(target, () -> files.exists(path))) {
      copyOut(local, target);
    }
    return FileSystems.call(target, () -> SameContent.of(local, files, path));
  }

  private void copyOut(java.nio.file.Path local, String target) {
    FileSystem files = systems.of(target);
    Path path = new Path(target);
    FileSystems.call(
        target,
        () -> {
          Path unfinished =
              new Path(path.getParent(), "." + path.getName() + "-" + UUID.randomUUID());
          files.mkdirs(path.getParent());
          try {
            copyAll(local, files, unfinished);
            rename(files, unfinished, path);
          } finally {
            files.delete(unfinished, true);
          }
          return path;
        });
  }

  private static void copyAll(java.nio.file.Path local, FileSystem files, Path target)
      throws IOException {
    for (java.nio.file.Path file : filesBelow(local)) {
      String relative = local.relativize(file).toString();
      Path destination = relative.isEmpty() ? target : new Path(target, relative);
      try (OutputStream out = files.create(destination, false)) {
        Files.copy(file, out);
      }
    }
  }

  private static List<java.nio.file.Path> filesBelow(java.nio.file.Path local) throws IOException {
    try (Stream<java.nio.file.Path> tree = Files.walk(local)) {
      return tree.filter(Files::isRegularFile).toList();
    }
  }

  /** Renames a file or folder; where the target exists already, that one is kept. */
  static void rename(FileSystem files, Path from, Path target) throws IOException {
    boolean isRenamed = !files.exists(target) && files.rename(from, target);
    if (!isRenamed) {
      files.delete(from, true);
    }
    if (!files.exists(target)) {
      throw new IOException("could not rename " + from + " to " + target);
    }
  }
}
