package backsweep.stages;

import backsweep.images.FileHash;
import backsweep.images.Hdf5Pixels;
import backsweep.images.ImageFileException;
import backsweep.images.ImageLayout;
import backsweep.images.ImageShape;
import backsweep.pictures.ClassNames;
import backsweep.pictures.PictureFit;
import backsweep.pictures.UnusablePictureException;
import backsweep.store.FolderEntry;
import backsweep.store.SharedFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Looks at a file or a folder of images that are to be classified, on the driver: an HDF5 file is
 * opened and hashed, a folder listed with all that is below it, and no picture is read.
 */
final class ReadUnlabelledImages {

  private static final int DEEPEST = 32;
  private static final Pattern HDF5 = Pattern.compile(".*\\.(h5|hdf5)", Pattern.CASE_INSENSITIVE);

  private final SharedFiles files;
  private final PictureFit fit;
  private final Optional<ImageLayout> layout;

  /**
   * Looks for a detector that takes such images.
   *
   * @param layout of HDF5 files; empty: the one that fits
   */
  ReadUnlabelledImages(SharedFiles files, PictureFit fit, Optional<ImageLayout> layout) {
    this.files = files;
    this.fit = fit;
    this.layout = layout;
  }

  /**
   * The images of a file or a folder.
   *
   * @throws ImageFileException if it cannot be used as a whole
   * @throws backsweep.store.MissingFileException if there is nothing
   */
  UnlabelledImages execute(String path) {
    try {
      return files.isFolder(path) ? folder(withoutSlash(path)) : file(path);
    } catch (UnusablePictureException e) {
      throw new ImageFileException(path, e.getMessage(), e);
    }
  }

  private static String withoutSlash(String folder) {
    return folder.replaceFirst("(?<=[^:/])/+$", "");
  }

  private UnlabelledImages file(String path) {
    return files.withLocal(
        path,
        local ->
            HDF5.matcher(path).matches() || Hdf5Pixels.isHdf5(local)
                ? hdf5(path, local)
                : picture(path));
  }

  private UnlabelledImages hdf5(String path, Path local) {
    ImageShape shape = fit.shape();
    try (Hdf5Pixels images = Hdf5Pixels.openFor(local, shape, layout)) {
      return new UnlabelledImages.Hdf5(
          path, FileHash.sha256(local), images.layout(), shape, images.images());
    }
  }

  private UnlabelledImages picture(String path) {
    fit.check();
    int slash = path.lastIndexOf('/');
    String folder = slash < 0 ? "." : path.substring(0, Math.max(slash, 1));
    return new UnlabelledImages.Pictures(folder, List.of(path.substring(slash + 1)), fit);
  }

  private UnlabelledImages folder(String path) {
    fit.check();
    List<String> names = new ArrayList<>();
    list(path, "", 0, names);
    names.remove(ClassNames.FILE);
    if (names.isEmpty()) {
      throw new UnusablePictureException("expected pictures, found none");
    }
    names.sort(null);
    return new UnlabelledImages.Pictures(path, names, fit);
  }

  private void list(String path, String below, int depth, List<String> names) {
    if (depth > DEEPEST) {
      throw new UnusablePictureException(
          "expected folders that are nested at most %d deep, found %s".formatted(DEEPEST, below));
    }
    for (FolderEntry entry : VisibleEntries.of(files, path + "/" + below)) {
      if (entry.isFolder()) {
        list(path, below + entry.name() + "/", depth + 1, names);
      } else {
        names.add(below + entry.name());
      }
    }
  }
}
