package backsweep.stages;

import backsweep.images.Hdf5Images;
import backsweep.images.ImageLayout;
import backsweep.images.LabelledImages;
import backsweep.pictures.FolderImages;
import backsweep.pictures.PictureFit;
import backsweep.pictures.PictureFolder;
import backsweep.store.FolderPath;
import backsweep.store.LocalCopies;
import backsweep.store.Sha256;
import backsweep.store.SharedFiles;
import java.io.Serializable;
import java.util.List;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;

/** How the images at a path are read: what is known of them since they were looked at. */
public sealed interface SourceKind extends Serializable {

  /** Opens the images in a task. */
  LabelledImages open(Configuration configuration, String path);

  /** Gives the images to an action on the driver. */
  <T> T read(SharedFiles files, String path, Function<LabelledImages, T> action);

  /**
   * An HDF5 file.
   *
   * @param sha256 of its bytes
   * @param layout of its images
   */
  record Hdf5(String sha256, ImageLayout layout) implements SourceKind {

    /**
     * The hash that its images are kept under: that of the file in the labs' layout; read in
     * another layout the same file gives other images.
     */
    String identity() {
      return layout == ImageLayout.NCHW ? sha256 : Sha256.of(List.of(layout.toString(), sha256));
    }

    @Override
    public LabelledImages open(Configuration configuration, String path) {
      return Hdf5Images.open(LocalCopies.of(configuration, path, sha256), layout);
    }

    @Override
    public <T> T read(SharedFiles files, String path, Function<LabelledImages, T> action) {
      return files.withLocal(
          path,
          local -> {
            try (Hdf5Images images = Hdf5Images.open(local, layout)) {
              return action.apply(images);
            }
          });
    }
  }

  /**
   * A folder of pictures.
   *
   * @param folder what is in it
   */
  record Folder(PictureFolder folder) implements SourceKind {

    /** The bytes of one of its files; one more than there may be, where there are too many. */
    static byte[] bytes(Configuration configuration, String path) {
      return new SharedFiles(configuration).bytes(path, PictureFit.MOST_BYTES + 1);
    }

    /** The hash that its images are kept under: over all that they depend on, pixels undecoded. */
    String identity() {
      return Sha256.of(folder.ingredients());
    }

    @Override
    public FolderImages open(Configuration configuration, String path) {
      return new FolderImages(
          path, folder, name -> bytes(configuration, FolderPath.below(path, name)));
    }

    @Override
    public <T> T read(SharedFiles files, String path, Function<LabelledImages, T> action) {
      return action.apply(
          new FolderImages(
              path,
              folder,
              name -> files.bytes(FolderPath.below(path, name), PictureFit.MOST_BYTES + 1)));
    }
  }
}
