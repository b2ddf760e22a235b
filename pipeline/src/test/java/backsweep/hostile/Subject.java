package backsweep.hostile;

import backsweep.images.Hdf5Images;
import backsweep.images.ImageFileException;
import backsweep.images.Picture;
import backsweep.images.UnfitAttackException;
import backsweep.keras.KerasFileException;
import backsweep.modelfiles.KerasReader;
import backsweep.modelfiles.MissingArchitectureException;
import backsweep.network.InvalidNetworkException;
import backsweep.network.Network;
import backsweep.network.UnsupportedNetworkException;
import java.nio.file.Path;
import java.util.Optional;

/** What reads files of strangers: each reads one, or refuses it in the project's own words. */
enum Subject {
  NETWORK {
    @Override
    Optional<Network> reads(Path file, Path sound) {
      return Optional.of(KerasReader.read(file, Optional.empty()));
    }
  },

  /** Weights that a sound architecture goes with. */
  WEIGHTS {
    @Override
    Optional<Network> reads(Path file, Path sound) {
      return Optional.of(KerasReader.read(file, Optional.of(sound)));
    }
  },

  /** An architecture that sound weights go with. */
  ARCHITECTURE {
    @Override
    Optional<Network> reads(Path file, Path sound) {
      return Optional.of(KerasReader.read(sound, Optional.of(file)));
    }
  },

  IMAGES {
    @Override
    Optional<Network> reads(Path file, Path sound) {
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

  PICTURE {
    @Override
    Optional<Network> reads(Path file, Path sound) {
      Picture picture = Picture.read(file);
      if (picture.argb().length != picture.width() * picture.height()) {
        throw new AssertionError(picture.toString());
      }
      return Optional.empty();
    }
  };

  /** Reads a file; what it finds is thrown. */
  abstract Optional<Network> reads(Path file, Path sound);

  /** Whether an exception is one that a user is told. */
  static boolean isRefusal(RuntimeException e) {
    return e instanceof KerasFileException
        || e instanceof InvalidNetworkException
        || e instanceof UnsupportedNetworkException
        || e instanceof MissingArchitectureException
        || e instanceof ImageFileException
        || e instanceof UnfitAttackException;
  }
}
