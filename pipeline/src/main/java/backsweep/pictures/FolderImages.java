package backsweep.pictures;

import backsweep.images.BlockPixels;
import backsweep.images.FileHash;
import backsweep.images.ImageBlock;
import backsweep.images.ImageFileException;
import backsweep.images.ImageLayout;
import backsweep.images.ImageShape;
import backsweep.images.LabelledImages;
import backsweep.images.Pixels;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The pictures of a folder as labelled images, decoded when they are asked for.
 *
 * <p>All methods throw {@link ImageFileException}, which names the file, if a picture is not one
 * that fits, is damaged, or is not the one that was looked at.
 */
public final class FolderImages implements LabelledImages {

  private final String path;
  private final PictureFolder folder;
  private final Function<String, byte[]> reader;

  /**
   * The images of a folder.
   *
   * @param path of the folder, for problems
   * @param reader gives the bytes of a file by its name within the folder
   */
  public FolderImages(String path, PictureFolder folder, Function<String, byte[]> reader) {
    this.path = path;
    this.folder = folder;
    this.reader = reader;
  }

  @Override
  public int images() {
    return folder.images();
  }

  @Override
  public ImageShape shape() {
    return folder.fit().shape();
  }

  @Override
  public int[] labels() {
    return folder.files().stream().mapToInt(PictureFile::label).toArray();
  }

  @Override
  public Optional<int[]> trueLabels() {
    return shown(folder.files());
  }

  private Optional<int[]> shown(List<PictureFile> files) {
    return folder.hasTrueLabels()
        ? Optional.of(files.stream().mapToInt(PictureFile::shown).toArray())
        : Optional.empty();
  }

  @Override
  public ImageBlock block(int index) {
    Objects.checkIndex(index, blocks());
    int first = index * ImageBlock.IMAGES;
    int end = Math.min(first + ImageBlock.IMAGES, images());
    BlockPixels pixels = new BlockPixels(shape(), end - first, ImageLayout.NHWC);
    IntStream.range(first, end).forEach(image -> pixels.add(values(image)));
    return block(index, pixels.pixels(), folder.files().subList(first, end));
  }

  private ImageBlock block(int index, Pixels pixels, List<PictureFile> files) {
    int[] labels = files.stream().mapToInt(PictureFile::label).toArray();
    return shown(files)
        .map(shown -> new ImageBlock(index, pixels, labels, shown))
        .orElseGet(() -> new ImageBlock(index, pixels, labels));
  }

  private double[] values(int image) {
    String name = folder.files().get(image).name();
    try {
      byte[] bytes = reader.apply(name);
      requireContent(bytes, folder.sha256().get(image));
      return folder.fit().values(bytes);
    } catch (UnusablePictureException e) {
      throw new ImageFileException(path + "/" + name, e.getMessage(), e);
    }
  }

  /** Blocks are kept under the hash of what was looked at. */
  private static void requireContent(byte[] bytes, String expected) {
    String found = FileHash.sha256(bytes);
    if (!found.equals(expected)) {
      throw new UnusablePictureException(
          "changed since the run began: expected sha256 %s, found %s".formatted(expected, found));
    }
  }

  /** What is wrong with a picture; empty if it can be decoded. */
  public Optional<String> problem(int image) {
    try {
      values(image);
      return Optional.empty();
    } catch (ImageFileException e) {
      return Optional.of(folder.files().get(image).name() + ": " + e.getCause().getMessage());
    }
  }

  /** Nothing is kept open. */
  @Override
  public void close() {}
}
