package backsweep.store;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Lists folders that may have millions of files: one after the other or page by page, as their file
 * system gives them, and of each only the name is kept. What else Hadoop knows of a file is ten
 * times as much.
 */
final class FolderListing {

  private FolderListing() {}

  /** What is in a folder, by name. */
  static List<FolderEntry> of(FileSystem files, String folder) throws IOException {
    List<FolderEntry> entries =
        files instanceof RawLocalFileSystem local
            ? local(local.pathToFile(new Path(folder)).toPath())
            : remote(files.listStatusIterator(new Path(folder)));
    entries.sort(Comparator.comparing(FolderEntry::name));
    return entries;
  }

  private static List<FolderEntry> remote(RemoteIterator<FileStatus> found) throws IOException {
    List<FolderEntry> entries = new ArrayList<>();
    while (found.hasNext()) {
      FileStatus entry = found.next();
      entries.add(new FolderEntry(entry.getPath().getName(), entry.isDirectory()));
    }
    return entries;
  }

  /**
   * Files and folders only: who reads a pipe waits for whoever writes to it. A link to nothing is a
   * file that is missing, which whoever reads it says.
   */
  private static List<FolderEntry> local(java.nio.file.Path folder) throws IOException {
    List<FolderEntry> entries = new ArrayList<>();
    try (DirectoryStream<java.nio.file.Path> found = Files.newDirectoryStream(folder)) {
      for (java.nio.file.Path entry : found) {
        boolean isFolder = Files.isDirectory(entry);
        if (isFolder || Files.isRegularFile(entry) || isBroken(entry)) {
          entries.add(new FolderEntry(entry.getFileName().toString(), isFolder));
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    } catch (FileSystemException e) {
      throw new IOException("cannot be listed: " + e, e); // its message is only the path
    }
    return entries;
  }

  private static boolean isBroken(java.nio.file.Path entry) {
    return Files.isSymbolicLink(entry) && !Files.exists(entry);
  }
}
