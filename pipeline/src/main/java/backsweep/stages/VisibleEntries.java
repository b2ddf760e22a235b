package backsweep.stages;

import backsweep.store.FolderEntry;
import backsweep.store.SharedFiles;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What counts of a folder of pictures: not what is hidden, nor what file managers leave behind. */
final class VisibleEntries {

  private static final Set<String> LEFT_BEHIND = Set.of("thumbs.db", "desktop.ini", "__macosx");

  private VisibleEntries() {}

  /** The files and folders in a folder that count, by name. */
  static List<FolderEntry> of(SharedFiles files, String folder) {
    return files.entries(folder).stream().filter(VisibleEntries::counts).toList();
  }

  private static boolean counts(FolderEntry entry) {
    return !entry.name().startsWith(".")
        && !LEFT_BEHIND.contains(entry.name().toLowerCase(Locale.ROOT));
  }
}
