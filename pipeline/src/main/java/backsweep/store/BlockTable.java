package backsweep.store;

import backsweep.images.ImageBlock;
import backsweep.images.ImageShape;
import backsweep.images.PixelEncoding;
import backsweep.images.Pixels;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Blocks of images as Parquet rows, one a block: the unit of arithmetic is the unit of storage, so
 * results do not depend on how a file is divided.
 */
final class BlockTable {

  /** The column that is null where true labels are not known. */
  static final String TRUE_LABELS = "true_labels";

  /**
   * The schema; labels are big-endian ints, {@code sha256} is over pixels, labels and true labels.
   * Tables that were written before there were true labels are read as if they had none.
   */
  static final StructType SCHEMA =
      new StructType(
          new StructField[] {
            required("block", DataTypes.IntegerType),
            required("height", DataTypes.IntegerType),
            required("width", DataTypes.IntegerType),
            required("channels", DataTypes.IntegerType),
            required("encoding", DataTypes.StringType),
            required("pixels", DataTypes.BinaryType),
            required("labels", DataTypes.BinaryType),
            required("sha256", DataTypes.StringType),
            DataTypes.createStructField(TRUE_LABELS, DataTypes.BinaryType, true)
          });

  private BlockTable() {}

  private static StructField required(String name, org.apache.spark.sql.types.DataType type) {
    return DataTypes.createStructField(name, type, false);
  }

  static Row toRow(ImageBlock block) {
    byte[] pixels = block.pixels().bytes();
    byte[] labels = bytes(block.labels());
    byte[] trueLabels = block.trueLabels().map(BlockTable::bytes).orElse(null);
    ImageShape shape = block.shape();
    return RowFactory.create(
        block.index(),
        shape.height(),
        shape.width(),
        shape.channels(),
        block.pixels().encoding().name(),
        pixels,
        labels,
        hash(block.pixels().encoding(), pixels, labels, trueLabels),
        trueLabels);
  }

  static ImageBlock fromRow(Row row) {
    ImageShape shape =
        new ImageShape(row.getAs("height"), row.getAs("width"), row.getAs("channels"));
    PixelEncoding encoding = PixelEncoding.valueOf(row.getAs("encoding"));
    Pixels pixels = new Pixels(shape, encoding, row.getAs("pixels"));
    int block = row.getAs("block");
    int[] labels = ints(row.getAs("labels"));
    byte[] trueLabels = row.getAs(TRUE_LABELS);
    return trueLabels == null
        ? new ImageBlock(block, pixels, labels)
        : new ImageBlock(block, pixels, labels, ints(trueLabels));
  }

  private static byte[] bytes(int[] labels) {
    ByteBuffer bytes = ByteBuffer.allocate(labels.length * Integer.BYTES);
    bytes.asIntBuffer().put(labels);
    return bytes.array();
  }

  private static int[] ints(byte[] bytes) {
    int[] labels = new int[bytes.length / Integer.BYTES];
    ByteBuffer.wrap(bytes).asIntBuffer().get(labels);
    return labels;
  }

  private static String hash(
      PixelEncoding encoding, byte[] pixels, byte[] labels, byte[] trueLabels) {
    MessageDigest digest = Sha256.digest();
    digest.update((byte) encoding.bytesPerValue());
    digest.update(pixels);
    digest.update(labels);
    if (trueLabels != null) {
      digest.update(trueLabels);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
