package backsweep.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Makes files and folders locally and copies them out whole, under names that are free. */
final class Publisher {

  /** Not a lock that somebody looks at, which is called alike for a moment. */
  private static final Pattern UNFINISHED =
      Pattern.compile("\\.(?!lock-).*-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

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
          Path unfinished = unfinished(path);
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

  /** Hidden, and unlike any other. */
  static Path unfinished(Path target) {
    return new Path(target.getParent(), "." + target.getName() + "-" + UUID.randomUUID());
  }

  /** Whether a name is one of something that was not published to the end. */
  static boolean isUnfinished(String name) {
    return UNFINISHED.matcher(name).matches();
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
