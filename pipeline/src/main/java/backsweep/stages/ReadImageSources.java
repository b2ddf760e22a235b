package backsweep.stages;

import backsweep.images.FileHash;
import backsweep.images.Hdf5Images;
import backsweep.images.ImageSet;
import backsweep.images.ImageShape;
import backsweep.images.LabelledImages;
import backsweep.images.Role;
import backsweep.images.UnfitAttackException;
import backsweep.network.Network;
import backsweep.network.Shape;
import backsweep.pictures.PictureFit;
import backsweep.stages.DefenceRequest.ImageFiles;
import backsweep.stages.DefenceRequest.Reading;
import backsweep.store.SharedFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;

/**
 * Looks at the files and folders of images, before anything is computed: that they can be read,
 * that shapes and labels fit the network, and that no poisoned set is the validation set.
 */
final class ReadImageSources {

  private final SparkSession spark;
  private final SharedFiles files;
  private final Network network;
  private final Reading reading;
  private final KnownSources known;

  /** For a network that takes the images. */
  ReadImageSources(SparkSession spark, Network network, Reading reading, KnownSources known) {
    this.known = known;
    this.spark = spark;
    this.files = new SharedFiles(spark.sessionState().newHadoopConf());
    this.network = network;
    this.reading = reading;
  }

  /**
   * The sets, clean validation first.
   *
   * @throws backsweep.images.ImageFileException if one cannot be used
   * @throws UnfitAttackException if folders of poisoned pictures have no target, or a target has no
   *     such folder or is no class
   */
  List<ImageSource> execute(ImageFiles images) {
    checkTarget(images);
    List<ImageSource> sources = new ArrayList<>();
    sources.add(read(ImageSet.CLEAN_VALIDATION, Role.CLEAN_VALIDATION, images.cleanValidation()));
    images
        .cleanTest()
        .ifPresent(path -> sources.add(read(ImageSet.CLEAN_TEST, Role.CLEAN_TEST, path)));
    images.poisoned().forEach((name, path) -> sources.add(read(name, Role.POISONED, path)));
    checkDifferent(sources);
    return sources;
  }

  /**
   * The clean images that repaired networks learn from: none of the sets that they are judged by.
   *
   * @param judging those sets
   */
  ImageSource fineTuning(String path, List<ImageSource> judging) {
    ImageSource source = read(ImageSet.FINE_TUNING, Role.FINE_TUNING, path);
    for (ImageSource other : judging) {
      if (isSame(other, source)) {
        throw new SameImagesException(
            "expected images for fine-tuning that are in no other set", other, source);
      }
    }
    return source;
  }

  private ImageSource read(String name, Role role, String path) {
    KnownSources.Looked how =
        new KnownSources.Looked(name, role, path, expected(), network.classes(), reading);
    return known.find(how, () -> look(name, role, path));
  }

  private ImageSource look(String name, Role role, String path) {
    if (files.isFolder(path)) {
      PictureFit fit = new PictureFit(expected(), reading.isResized());
      OptionalInt target = role == Role.POISONED ? reading.target() : OptionalInt.empty();
      return new ReadPictureFolder(spark, fit, network.classes())
          .execute(name, role, withoutSlash(path), target);
    }
    return files.withLocal(path, local -> source(name, role, path, local));
  }

  /** Names of files within it are joined to it. */
  private static String withoutSlash(String folder) {
    return folder.replaceFirst("(?<=[^:/])/+$", "");
  }

  private ImageShape expected() {
    Shape input = network.graph().inputShape();
    return new ImageShape(input.dimension(0), input.dimension(1), input.dimension(2));
  }

  private void checkTarget(ImageFiles images) {
    List<String> folders = images.poisoned().values().stream().filter(files::isFolder).toList();
    if (reading.target().isEmpty() && !folders.isEmpty()) {
      throw new UnfitAttackException(
          ("expected the target class of the poisoned pictures in %s, found none: --target CLASS,"
                  + " what the attacker wants them to be taken for, as --target 0")
              .formatted(folders.get(0)));
    }
    if (reading.target().isPresent() && folders.isEmpty()) {
      throw new UnfitAttackException(
          "target: expected a folder of poisoned pictures to label, found none; the labels of HDF5"
              + " files are their targets");
    }
    int target = reading.target().orElse(0);
    if (target >= network.classes()) {
      throw new UnfitAttackException(
          "target: expected a class from 0 to %d, found %d"
              .formatted(network.classes() - 1, target));
    }
  }

  private ImageSource source(String name, Role role, String path, Path local) {
    try (Hdf5Images images = Hdf5Images.openFor(local, expected(), reading.layout())) {
      images.checkLabels(network.classes());
      SourceKind.Hdf5 kind = new SourceKind.Hdf5(FileHash.sha256(local), images.layout());
      return new ImageSource(
          new ImageSet(name, role, kind.identity(), images.images(), images.shape()),
          path,
          kind,
          images.trueLabels().isPresent(),
          ImageSource.onlyLabel(Arrays.stream(images.labels())));
    }
  }

  private void checkDifferent(List<ImageSource> sources) {
    ImageSource validation = sources.get(0);
    for (ImageSource source : sources) {
      if (source.set().role() == Role.POISONED && isSame(validation, source)) {
        throw new SameImagesException(
            "expected poisoned images that differ from the clean validation images",
            validation,
            source);
      }
    }
  }

  /** Whether two files hold the same images and labels, whatever way they store them. */
  private boolean isSame(ImageSource one, ImageSource other) {
    if (one.set().sha256().equals(other.set().sha256())) {
      return true;
    }
    return one.set().images() == other.set().images()
        && kept(one, first -> kept(other, second -> hasSameBlocks(first, second)));
  }

  private <T> T kept(ImageSource source, Function<LabelledImages, T> action) {
    return source.kind().read(files, source.path(), action);
  }

  /** Labels first: those of poisoned images are the targets, so they nearly always differ. */
  private static boolean hasSameBlocks(LabelledImages one, LabelledImages other) {
    return Arrays.equals(one.labels(), other.labels())
        && IntStream.range(0, one.blocks())
            .allMatch(block -> one.block(block).pixels().equals(other.block(block).pixels()));
  }
}
