package backsweep.stages;

import backsweep.images.ImageFileException;
import backsweep.pictures.ClassNames;
import backsweep.pictures.PictureFile;
import backsweep.pictures.UnusablePictureException;
import backsweep.store.FolderEntry;
import backsweep.store.FolderPath;
import backsweep.store.SharedFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists a folder of pictures, one subfolder a class, on the driver; no picture is read. Hidden
 * files and those that file managers leave behind are passed over.
 */
final class ListPictures {

  private static final Logger LOG = LoggerFactory.getLogger(ListPictures.class);

  /** Of the list of classes. */
  private static final int MOST_BYTES = 1 << 24;

  private final SharedFiles files;
  private final String path;
  private final int classes;

  /** Lists a folder for a network with so many classes. */
  ListPictures(SharedFiles files, String path, int classes) {
    this.files = files;
    this.path = path;
    this.classes = classes;
  }

  /**
   * All pictures, in the order of their classes and names.
   *
   * @param target what all are labelled with; the classes are what they show then, and need not be
   *     known: a folder without subfolders will do
   * @throws UnusablePictureException if the folder is not laid out like that
   */
  List<PictureFile> execute(OptionalInt target) {
    List<FolderEntry> entries = entries(path);
    List<String> subfolders =
        entries.stream().filter(FolderEntry::isFolder).map(FolderEntry::name).toList();
    List<PictureFile> pictures =
        subfolders.isEmpty() && target.isPresent()
            ? unsorted(entries, target.getAsInt())
            : sorted(entries, subfolders, target);
    if (pictures.isEmpty()) {
      throw new UnusablePictureException("expected pictures, found none");
    }
    return pictures;
  }

  private List<FolderEntry> entries(String folder) {
    return VisibleEntries.of(files, folder);
  }

  private static List<PictureFile> unsorted(List<FolderEntry> entries, int target) {
    return entries.stream()
        .map(FolderEntry::name)
        .filter(name -> !name.equals(ClassNames.FILE))
        .map(name -> new PictureFile(name, target, PictureFile.UNKNOWN))
        .toList();
  }

  private List<PictureFile> sorted(
      List<FolderEntry> entries, List<String> subfolders, OptionalInt target) {
    if (subfolders.isEmpty()) {
      throw new UnusablePictureException(
          "expected a subfolder with pictures for each class, found none; there are %d files"
              .formatted(entries.size()));
    }
    checkNothingElse(entries);
    ClassNames names = names(entries, subfolders);
    names.check(classes);
    List<List<PictureFile>> byClass = new ArrayList<>();
    names.names().forEach(name -> byClass.add(List.of()));
    for (String subfolder : subfolders) {
      int shown = names.label(subfolder);
      byClass.set(shown, pictures(subfolder, shown, target));
    }
    return byClass.stream().flatMap(List::stream).toList();
  }

  private static void checkNothingElse(List<FolderEntry> entries) {
    entries.stream()
        .filter(entry -> !entry.isFolder() && !entry.name().equals(ClassNames.FILE))
        .findFirst()
        .ifPresent(
            entry -> {
              throw new UnusablePictureException(
                  "expected a subfolder for each class and nothing else but %s, found the file %s"
                      .formatted(ClassNames.FILE, entry.name()));
            });
  }

  private ClassNames names(List<FolderEntry> entries, List<String> subfolders) {
    boolean isListed =
        entries.stream()
            .anyMatch(entry -> entry.name().equals(ClassNames.FILE) && !entry.isFolder());
    return isListed ? ClassNames.listed(list()) : ClassNames.byName(subfolders);
  }

  private String list() {
    byte[] bytes = files.bytes(FolderPath.below(path, ClassNames.FILE), MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new UnusablePictureException(
          "%s: expected at most %d bytes, found more".formatted(ClassNames.FILE, MOST_BYTES));
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private List<PictureFile> pictures(String subfolder, int shown, OptionalInt target) {
    List<PictureFile> pictures = new ArrayList<>();
    for (FolderEntry entry : entries(FolderPath.below(path, subfolder))) {
      String name = subfolder + "/" + entry.name();
      if (entry.isFolder()) {
        throw new UnusablePictureException(
            "expected pictures in the subfolder of a class, found the folder %s".formatted(name));
      }
      pictures.add(
          target.isPresent()
              ? new PictureFile(name, target.getAsInt(), shown)
              : new PictureFile(name, shown, PictureFile.UNKNOWN));
    }
    if (pictures.isEmpty()) {
      LOG.warn(
          "{}: the subfolder {} of class {} has no pictures",
          path,
          ImageFileException.line(subfolder),
          shown);
    }
    return pictures;
  }
}
