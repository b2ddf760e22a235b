package backsweep.stages;

import backsweep.images.FileHash;
import backsweep.images.Hdf5Images;
import backsweep.images.ImageSet;
import backsweep.images.ImageShape;
import backsweep.images.Role;
import backsweep.network.Network;
import backsweep.network.Shape;
import backsweep.stages.DefenceRequest.ImageFiles;
import backsweep.store.SharedFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Looks at the files of images on the driver, before anything is computed: that they can be read,
 * that shapes and labels fit the network, and that no poisoned set is the validation set.
 */
final class ReadImageSources {

  private final SharedFiles files;
  private final Network network;

  ReadImageSources(SharedFiles files, Network network) {
    this.files = files;
    this.network = network;
  }

  /** The sets, clean validation first. */
  List<ImageSource> execute(ImageFiles images) {
    List<ImageSource> sources = new ArrayList<>();
    sources.add(read(ImageSet.CLEAN_VALIDATION, Role.CLEAN_VALIDATION, images.cleanValidation()));
    images
        .cleanTest()
        .ifPresent(path -> sources.add(read(ImageSet.CLEAN_TEST, Role.CLEAN_TEST, path)));
    images.poisoned().forEach((name, path) -> sources.add(read(name, Role.POISONED, path)));
    checkDifferent(sources);
    return sources;
  }

  private ImageSource read(String name, Role role, String path) {
    return files.withLocal(path, local -> source(name, role, path, local));
  }

  private ImageSource source(String name, Role role, String path, Path local) {
    Shape input = network.graph().inputShape();
    try (Hdf5Images images = Hdf5Images.open(local)) {
      images.checkShape(new ImageShape(input.dimension(0), input.dimension(1), input.dimension(2)));
      images.checkLabels(network.classes());
      String sha256 = FileHash.sha256(local);
      return new ImageSource(
          new ImageSet(name, role, sha256, images.images(), images.shape()),
          path,
          images.trueLabels().isPresent());
    }
  }

  private void checkDifferent(List<ImageSource> sources) {
    ImageSource validation = sources.get(0);
    for (ImageSource source : sources) {
      if (source.set().role() == Role.POISONED && isSame(validation, source)) {
        throw new SameImagesException(validation, source);
      }
    }
  }

  /** Whether two files hold the same images and labels, whatever way they store them. */
  private boolean isSame(ImageSource one, ImageSource other) {
    if (one.set().sha256().equals(other.set().sha256())) {
      return true;
    }
    return one.set().images() == other.set().images()
        && files.withLocal(
            one.path(),
            Optional.of(other.path()),
            (first, second) -> hasSameBlocks(first, second.orElseThrow()));
  }

  /** Labels first: those of poisoned images are the targets, so they nearly always differ. */
  private static boolean hasSameBlocks(Path first, Path second) {
    try (Hdf5Images one = Hdf5Images.open(first);
        Hdf5Images other = Hdf5Images.open(second)) {
      return Arrays.equals(one.labels(), other.labels())
          && IntStream.range(0, one.blocks())
              .allMatch(block -> one.block(block).pixels().equals(other.block(block).pixels()));
    }
  }
}
