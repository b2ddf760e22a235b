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
import backsweep.store.FolderPath;
import backsweep.store.SharedFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Looks at a file or a folder of images that are to be classified, on the driver: an HDF5 file is
 * opened and hashed, a folder listed with all that is below it, and no picture is read.
 *
 * <p>Of a picture only its name is kept: about 100 bytes on the driver and on every executor where
 * names have 40 characters, and twice that while one folder with all of them is listed. Ten million
 * pictures so take a heap of 3 GB, and more than 2<sup>31</sup> - 1 images cannot be counted. An
 * HDF5 file takes none, however many images it has.
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
   * The images of a file or a folder. Where they are is kept with its file system, as an executor
   * may work in another folder than the driver.
   *
   * @throws ImageFileException if it cannot be used as a whole
   * @throws backsweep.store.MissingFileException if there is nothing
   */
  UnlabelledImages execute(String path) {
    try {
      return files.isFolder(path) ? folder(files.qualified(path)) : file(path);
    } catch (UnusablePictureException e) {
      throw new ImageFileException(path, e.getMessage(), e);
    }
  }

  private UnlabelledImages file(String path) {
    return files.withLocal(
        path,
        local ->
            HDF5.matcher(path).matches() || Hdf5Pixels.isHdf5(local)
                ? hdf5(files.qualified(path), local)
                : picture(files.qualified(path)));
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
    int name = path.lastIndexOf('/') + 1;
    return new UnlabelledImages.Pictures(
        path.substring(0, name), List.of(path.substring(name)), fit);
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
    for (FolderEntry entry : VisibleEntries.of(files, FolderPath.below(path, below))) {
      if (entry.isFolder()) {
        list(path, below + entry.name() + "/", depth + 1, names);
      } else {
        names.add(below + entry.name());
      }
    }
  }
}
