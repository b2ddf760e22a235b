package backsweep.modelfiles;

import backsweep.keras.Json;
import backsweep.keras.KerasFileException;
import io.jhdf.GlobalHeap;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.VariableLength;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes attributes of strings, of fixed or variable length, as UTF-8: Keras writes UTF-8 into
 * attributes that say they are ASCII. No more is decoded than the file is long, nor than a model's
 * JSON may have, however often its strings are pointed at.
 */
final class HdfStrings {

  private final HdfFile file;
  private final String where;
  private long left;

  private GlobalHeap heap;
  private long heapAddress = -1;

  /**
   * A decoder for one attribute.
   *
   * @param file the attribute's file
   * @param where the file and the attribute, for errors
   */
  HdfStrings(HdfFile file, String where) {
    this.file = file;
    this.where = where;
    this.left = Math.min(file.size(), Json.MAXIMUM_LENGTH);
  }

  /**
   * The strings of an attribute; empty for an empty attribute of any type, as Keras writes an empty
   * list of names as numbers.
   */
  List<String> decode(Attribute attribute) {
    ByteBuffer elements = attribute.getBuffer();
    if (elements == null) {
      return List.of();
    }
    DataType type = attribute.getDataType();
    boolean variable = type instanceof VariableLength lengths && lengths.isVariableLengthString();
    if (!variable && !(type instanceof StringData)) {
      throw new KerasFileException(where, "strings", type.getClass().getSimpleName());
    }
    elements.order(ByteOrder.LITTLE_ENDIAN);
    List<String> strings = new ArrayList<>();
    for (int at = 0; at + type.getSize() <= elements.capacity(); at += type.getSize()) {
      ByteBuffer element = elements.slice(at, type.getSize()).order(ByteOrder.LITTLE_ENDIAN);
      strings.add(text(variable ? pointedAt(element) : element));
    }
    return strings;
  }

  /** What an element of variable length points at: its length, a heap's address, an index. */
  private ByteBuffer pointedAt(ByteBuffer element) {
    long address =
        file.getHdfBackingStorage().getSizeOfOffsets() == Long.BYTES
            ? element.getLong(Integer.BYTES)
            : Integer.toUnsignedLong(element.getInt(Integer.BYTES));
    int index = element.getInt(element.capacity() - Integer.BYTES);
    if (index == 0) {
      return ByteBuffer.allocate(0);
    }
    if (address != heapAddress) {
      heap = new GlobalHeap(file.getHdfBackingStorage(), address);
      heapAddress = address;
    }
    return heap.getObjectData(index);
  }

  /** The text up to the first zero. */
  private String text(ByteBuffer bytes) {
    left -= bytes.remaining();
    if (left < 0) {
      throw new KerasFileException(
          where,
          "strings of at most %d bytes".formatted(Math.min(file.size(), Json.MAXIMUM_LENGTH)),
          "longer ones");
    }
    String text = StandardCharsets.UTF_8.decode(bytes).toString();
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }
}
