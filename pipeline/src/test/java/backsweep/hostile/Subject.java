package backsweep.hostile;

import backsweep.images.Hdf5Images;
import backsweep.images.ImageFileException;
import backsweep.images.Picture;
import backsweep.images.UnfitAttackException;
import backsweep.keras.KerasFileException;
import backsweep.modelfiles.MissingArchitectureException;
import backsweep.modelfiles.UnpatchableWeightsException;
import backsweep.network.InvalidNetworkException;
import backsweep.network.UnsupportedNetworkException;
import backsweep.pictures.PngFile;
import java.nio.file.Path;
import java.util.Optional;

/** What reads files of strangers: each reads one, or refuses it in the project's own words. */
enum Subject {
  NETWORK {
    @Override
    Optional<ReadModel> reads(Path file, Path sound) {
      return Optional.of(ReadModel.of(file, Optional.empty()));
    }
  },

  /** Weights that a sound architecture goes with. */
  WEIGHTS {
    @Override
    Optional<ReadModel> reads(Path file, Path sound) {
      return Optional.of(ReadModel.of(file, Optional.of(sound)));
    }
  },

  /** An architecture that sound weights go with. */
  ARCHITECTURE {
    @Override
    Optional<ReadModel> reads(Path file, Path sound) {
      return Optional.of(ReadModel.of(sound, Optional.of(file)));
    }
  },

  IMAGES {
    @Override
    Optional<ReadModel> reads(Path file, Path sound) {
      try (Hdf5Images images = Hdf5Images.open(file)) {
        int labels = images.labels().length;
        int read = 0;
        for (int block = 0; block < images.blocks(); block++) {
          read += images.block(block).images();
        }
        if (read != images.images() || labels != read) {
          throw new AssertionError("%d images, %d labels".formatted(read, labels));
        }
        return Optional.empty();
      }
    }
  },

  /** A picture of a trigger. */
  PICTURE {
    @Override
    Optional<ReadModel> reads(Path file, Path sound) {
      Picture picture = PngFile.read(file);
      if (picture.argb().length != picture.width() * picture.height()) {
        throw new AssertionError(picture.toString());
      }
      return Optional.empty();
    }
  },

  /** A picture of a folder of images, for a network that takes colour, or else one for grey. */
  FOLDER {
    @Override
    Optional<ReadModel> reads(Path file, Path sound) {
      try {
        FolderOfOne.read(file, 3);
      } catch (ImageFileException e) {
        FolderOfOne.read(file, 1);
      }
      return Optional.empty();
    }
  };

  /**
   * Reads a file; what it finds is thrown.
   *
   * @param sound what is read together with it, where that is something
   */
  abstract Optional<ReadModel> reads(Path file, Path sound);

  /** Whether an exception is one that a user is told. */
  static boolean isRefusal(RuntimeException e) {
    return e instanceof KerasFileException
        || e instanceof InvalidNetworkException
        || e instanceof UnsupportedNetworkException
        || e instanceof MissingArchitectureException
        || e instanceof UnpatchableWeightsException
        || e instanceof ImageFileException
        || e instanceof UnfitAttackException;
  }
}
