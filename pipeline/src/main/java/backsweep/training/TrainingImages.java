package backsweep.training;

import backsweep.images.ImageBlock;
import backsweep.images.ImageShape;
import backsweep.images.Pixels;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;

/** Labelled images that a network learns from, in memory. Immutable. */
public final class TrainingImages {

  /**
   * Where the pixels of an image are.
   *
   * @param pixels that hold it
   * @param row its place among them
   */
  private record Place(Pixels pixels, int row) {}

  private final ImageShape shape;
  private final List<Place> places;
  private final int[] labels;

  private TrainingImages(ImageShape shape, List<Place> places, int[] labels) {
    this.shape = shape;
    this.places = places;
    this.labels = labels;
  }

  /**
   * The images of all blocks of a set.
   *
   * @throws IllegalArgumentException if there is no block, or they are of different shapes
   */
  public static TrainingImages of(List<ImageBlock> blocks) {
    List<Place> places = new ArrayList<>();
    for (ImageBlock block : blocks) {
      for (int row = 0; row < block.images(); row++) {
        places.add(new Place(block.pixels(), row));
      }
    }
    if (blocks.stream().map(ImageBlock::shape).distinct().count() != 1) {
      throw new IllegalArgumentException("expected images of one shape, at least one");
    }
    int[] labels = blocks.stream().flatMapToInt(block -> Arrays.stream(block.labels())).toArray();
    return new TrainingImages(blocks.get(0).shape(), places, labels);
  }

  /** The number of images. */
  public int size() {
    return labels.length;
  }

  /** The shape of each image. */
  public ImageShape shape() {
    return shape;
  }

  /** The class an image is learned as. */
  public int label(int image) {
    return labels[image];
  }

  /** Puts an image at the target's position, as float32; the position moves behind it. */
  public void copy(int image, FloatBuffer target) {
    Place place = places.get(image);
    place.pixels().copy(place.row(), 1, target);
  }

  /**
   * These images with some of them changed.
   *
   * @param chosen indices of those
   * @param pixels from an image to what stands in its place
   * @param label from its label to its new one
   */
  public TrainingImages replacing(
      int[] chosen, UnaryOperator<Pixels> pixels, IntUnaryOperator label) {
    List<Place> changed = new ArrayList<>(places);
    int[] changedLabels = labels.clone();
    for (int image : chosen) {
      Place place = places.get(image);
      changed.set(image, new Place(pixels.apply(place.pixels().slice(place.row(), 1)), 0));
      changedLabels[image] = label.applyAsInt(labels[image]);
    }
    return new TrainingImages(shape, changed, changedLabels);
  }

  /** Some of the images. */
  public TrainingImages only(int[] chosen) {
    return new TrainingImages(
        shape,
        Arrays.stream(chosen).mapToObj(places::get).toList(),
        Arrays.stream(chosen).map(image -> labels[image]).toArray());
  }
}
