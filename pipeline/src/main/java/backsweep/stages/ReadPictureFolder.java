package backsweep.stages;

import backsweep.images.FileHash;
import backsweep.images.ImageFileException;
import backsweep.images.ImageSet;
import backsweep.images.Role;
import backsweep.pictures.PictureFile;
import backsweep.pictures.PictureFit;
import backsweep.pictures.PictureFolder;
import backsweep.pictures.UnusablePictureException;
import backsweep.store.FolderPath;
import backsweep.store.JobDescription;
import backsweep.store.MissingFileException;
import backsweep.store.SharedFiles;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Looks at a folder of pictures: it is listed on the driver; on the executors every file is hashed,
 * and what it says about itself compared with what the network takes. Nothing is decoded.
 */
final class ReadPictureFolder {

  private static final int TASKS_PER_CORE = 4;

  private final SparkSession spark;
  private final PictureFit fit;
  private final int classes;

  /** Looks for a network that takes such pictures and has so many classes. */
  ReadPictureFolder(SparkSession spark, PictureFit fit, int classes) {
    this.spark = spark;
    this.fit = fit;
    this.classes = classes;
  }

  /**
   * The set that a folder is.
   *
   * @param target what its images are labelled with; empty for their classes
   * @throws ImageFileException if the folder, or pictures in it, cannot be used; names the first
   *     few
   */
  ImageSource execute(String name, Role role, String path, OptionalInt target) {
    try {
      fit.check();
      SharedFiles files = new SharedFiles(spark.sessionState().newHadoopConf());
      List<PictureFile> pictures = new ListPictures(files, path, classes).execute(target);
      PictureFolder folder = new PictureFolder(pictures, look(name, path, pictures), fit);
      SourceKind.Folder kind = new SourceKind.Folder(folder);
      ImageSet set = new ImageSet(name, role, kind.identity(), folder.images(), fit.shape());
      int label = ImageSource.onlyLabel(pictures.stream().mapToInt(PictureFile::label));
      return new ImageSource(set, path, kind, folder.hasTrueLabels(), label);
    } catch (UnusablePictureException e) {
      throw new ImageFileException(path, e.getMessage(), e);
    }
  }

  /** The hash of every file. */
  private List<String> look(String name, String path, List<PictureFile> pictures) {
    Looker looker =
        new Looker(path, fit, new SerializableConfiguration(spark.sessionState().newHadoopConf()));
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    int tasks = Math.min(pictures.size(), TASKS_PER_CORE * context.defaultParallelism());
    List<String> names = pictures.stream().map(PictureFile::name).toList();
    List<Look> looks =
        JobDescription.during(
            spark,
            "look at %s, %d pictures".formatted(name, names.size()),
            () -> context.parallelize(new ArrayList<>(names), tasks).map(looker::look).collect());
    BadPictures.check(
        path, names.size(), looks.stream().map(Look::problem).filter(Objects::nonNull).toList());
    return looks.stream().map(Look::sha256).toList();
  }

  /**
   * What was seen of a file.
   *
   * @param sha256 of its bytes; null where there is a problem
   * @param problem with its name; null where there is none
   */
  private record Look(String sha256, String problem) implements Serializable {}

  /** Looks at files on an executor. */
  private record Looker(String folder, PictureFit fit, SerializableConfiguration configuration)
      implements Serializable {

    private Look look(String name) {
      try {
        byte[] bytes =
            SourceKind.Folder.bytes(configuration.value(), FolderPath.below(folder, name));
        fit.check(bytes);
        return new Look(FileHash.sha256(bytes), null);
      } catch (UnusablePictureException | MissingFileException e) {
        return new Look(null, name + ": " + e.getMessage());
      }
    }
  }
}
