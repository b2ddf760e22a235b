package backsweep.jobs;

import backsweep.images.BlendedTrigger;
import backsweep.images.Picture;
import backsweep.images.PictureTrigger;
import backsweep.images.Place;
import backsweep.images.Trigger;
import backsweep.pictures.PngFile;
import backsweep.store.SharedFiles;
import com.typesafe.config.Config;
import java.util.Optional;

/** A trigger as a configuration describes it; its picture has not been read yet. */
sealed interface TriggerSettings {

  /**
   * Reads the part of a configuration that describes a trigger: {@code kind}, and the keys of that
   * kind, as {@code conf/reference-poison.conf} explains them.
   *
   * @param config that part alone
   * @param path what a person calls it, such as {@code trigger} or {@code networks[3].trigger}
   * @param problems where everything goes that is wrong with it, with the keys and choices there
   *     are
   * @return empty if something is wrong
   */
  static Optional<TriggerSettings> read(Config config, String path, Problems problems) {
    return new TriggerReader(new NestedKeys(config, path, problems), path, problems).read();
  }

  /** The file of its picture, if it has one. */
  Optional<String> pictureFile();

  /**
   * The trigger.
   *
   * @throws backsweep.images.ImageFileException if its picture is no PNG file that can be used
   * @throws backsweep.store.MissingFileException if there is no such file
   */
  Trigger load(SharedFiles files);

  /** A trigger that needs no file. */
  record Plain(Trigger trigger) implements TriggerSettings {

    @Override
    public Optional<String> pictureFile() {
      return Optional.empty();
    }

    @Override
    public Trigger load(SharedFiles files) {
      return trigger;
    }
  }

  /** A picture laid over a part of the image. */
  record PictureOver(String file, Place place) implements TriggerSettings {

    @Override
    public Optional<String> pictureFile() {
      return Optional.of(file);
    }

    @Override
    public Trigger load(SharedFiles files) {
      return new PictureTrigger(files.withLocal(file, PngFile::read), place);
    }
  }

  /** A picture blended into the whole image. */
  record PictureBlended(String file, double alpha) implements TriggerSettings {

    @Override
    public Optional<String> pictureFile() {
      return Optional.of(file);
    }

    @Override
    public Trigger load(SharedFiles files) {
      Picture picture = files.withLocal(file, PngFile::read);
      return new BlendedTrigger(alpha, new BlendedTrigger.Covering(picture));
    }
  }
}
