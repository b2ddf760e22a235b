package backsweep.modelfiles;

import backsweep.hdf.BoundedHdf;
import backsweep.keras.KerasFileException;
import backsweep.network.Shape;
import backsweep.network.Tensor;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.filter.PipelineFilterWithData;
import io.jhdf.object.datatype.FloatingPoint;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A variable as it is stored, its values not yet read.
 *
 * @param file the HDF5 file
 * @param dataset the data set of its values
 * @param where the file and the variable, for errors
 */
record StoredVariable(HdfFile file, Dataset dataset, String where) {

  /** Whether it has this shape. */
  boolean hasShape(Shape shape) {
    return Arrays.equals(dimensions(), shape.toLongs());
  }

  /** The shape as it is stored, for errors; it can have dimensions that are no shape. */
  String describeShape() {
    return Arrays.stream(dimensions())
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(", ", "(", ")"));
  }

  /** The last dimension. */
  long channels() {
    long[] dimensions = dimensions();
    return dimensions[dimensions.length - 1];
  }

  /** Bytes that its values take in the file. */
  long storedBytes() {
    return HdfCall.ask(
        where,
        "stored values",
        () -> {
          if (dataset instanceof ChunkedDataset chunked) {
            checkInflation(chunked);
            BoundedHdf.checkChunks(file, chunked);
          }
          return dataset.getStorageInBytes();
        });
  }

  /** Checks, before any chunk is looked at, that the file can hold what they inflate to. */
  private void checkInflation(ChunkedDataset chunked) {
    long bytes = Inflation.bytes(chunked.getDimensionsAsLong(), valueBytes());
    long most = Inflation.most(file.size());
    if (bytes > most) {
      throw new KerasFileException(
          where, "at most %d bytes of values in this file".formatted(most), "%d".formatted(bytes));
    }
  }

  /** Bytes of one value. */
  int valueBytes() {
    return dataset.getDataType().getSize();
  }

  /**
   * Where its values are in the file.
   *
   * @throws UnpatchableWeightsException if they are not stored contiguously
   */
  Extent extent() {
    if (dataset instanceof ContiguousDataset contiguous) {
      return Extent.of(file, contiguous, where);
    }
    String filters =
        HdfCall.ask(where, "filters", () -> dataset.getFilters()).stream()
            .map(PipelineFilterWithData::getName)
            .collect(Collectors.joining(", "));
    String storage = dataset instanceof ChunkedDataset ? "chunks" : "values in the object's header";
    throw new UnpatchableWeightsException(
        where, filters.isEmpty() ? storage : storage + " (" + filters + ")");
  }

  private long[] dimensions() {
    return HdfCall.ask(where, "a shape", dataset::getDimensionsAsLong);
  }

  /**
   * All values, converted to float.
   *
   * @throws KerasFileException if they are not finite floats, or not all in the file
   */
  Tensor read() {
    checkType();
    long[] dimensions = dimensions();
    Shape shape = new Shape(Arrays.stream(dimensions).mapToObj(Math::toIntExact).toList());
    checkStorage(shape);
    Object flat = HdfCall.ask(where, "values of shape " + shape, dataset::getDataFlat);
    float[] values = flat instanceof double[] doubles ? narrow(doubles) : (float[]) flat;
    checkFinite(values);
    return HdfCall.ask(where, "values of shape " + shape, () -> Tensor.of(shape, values));
  }

  /** Checks that values are IEEE floats of 2, 4 or 8 bytes. */
  void checkType() {
    boolean ieee =
        dataset.getDataType() instanceof FloatingPoint type
            && switch (type.getSize()) {
              case 2 -> is(type, 5, 10);
              case 4 -> is(type, 8, 23);
              case 8 -> is(type, 11, 52);
              default -> false;
            };
    if (!ieee) {
      throw new KerasFileException(
          where,
          "values of type float16, float32 or float64",
          "another "
              + dataset.getDataType().getClass().getSimpleName()
              + " of "
              + dataset.getDataType().getSize()
              + " bytes");
    }
  }

  private static boolean is(FloatingPoint type, int exponentBits, int mantissaBits) {
    return type.getExponentSize() == exponentBits
        && type.getMantissaSize() == mantissaBits
        && type.getBitPrecision() == type.getSize() * Byte.SIZE
        && type.getBitOffset() == 0
        && type.getMantissaLocation() == 0
        && type.getExponentLocation() == mantissaBits
        && type.getSignLocation() == mantissaBits + exponentBits
        && type.getExponentBias() == (1 << (exponentBits - 1)) - 1;
  }

  /** Checks, before memory is taken, that the file holds all values. */
  private void checkStorage(Shape shape) {
    if (dataset instanceof ChunkedDataset chunked) {
      new Chunks(chunked, where).check();
    } else if (dataset instanceof ContiguousDataset contiguous) {
      Extent.of(file, contiguous, where);
    } else if (dataset.getStorageInBytes() > file.size()) {
      throw new KerasFileException(where, "values of shape " + shape, "a shorter file");
    }
  }

  private static float[] narrow(double[] doubles) {
    float[] floats = new float[doubles.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) doubles[i];
    }
    return floats;
  }

  private void checkFinite(float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new KerasFileException(where, "finite weights", values[i] + " at index " + i);
      }
    }
  }
}
