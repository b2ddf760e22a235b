package backsweep.modelfiles;

import backsweep.hdf.BoundedHdf;
import backsweep.keras.KerasFileException;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A group of an HDF5 file. Links are not followed, so nothing outside the file is ever read.
 *
 * @param file the file, in memory
 * @param group the group
 * @param where the file and the group, for errors
 */
record HdfGroup(HdfFile file, Group group, String where) {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

  /** jHDF spells out the whole path of every group that it makes. */
  private static final int DEEPEST = 64;

  /** Whether these bytes begin as an HDF5 file does, behind a user block or not. */
  static boolean isHdf(ByteBuffer bytes) {
    return start(bytes) >= 0;
  }

  /** Where the file begins behind its user block, -1 if it does not. */
  private static int start(ByteBuffer bytes) {
    for (long at = 0; at + SIGNATURE.length <= bytes.capacity(); at = at == 0 ? 512 : 2 * at) {
      if (bytes.slice((int) at, SIGNATURE.length).equals(ByteBuffer.wrap(SIGNATURE))) {
        return (int) at;
      }
    }
    return -1;
  }

  /**
   * The root group of the HDF5 file that these bytes are.
   *
   * @throws KerasFileException if they are no HDF5 file, or not all of one
   */
  static HdfGroup open(ByteBuffer bytes, String where) {
    int start = start(bytes);
    if (start < 0) {
      throw new KerasFileException(where, "an HDF5 file", "something else");
    }
    HdfFile file = HdfCall.ask(where, "an HDF5 file", () -> BoundedHdf.open(bytes, start));
    long end = HdfCall.ask(where, "an HDF5 file", () -> declaredLength(file));
    if (end > bytes.capacity()) {
      throw new KerasFileException(
          where, "an HDF5 file of " + end + " bytes", bytes.capacity() + ": it is truncated");
    }
    return new HdfGroup(file, file, where);
  }

  private static long declaredLength(HdfFile file) {
    return file.getHdfBackingStorage().getSuperblock().getEndOfFileAddress();
  }

  /** The names of everything in the group. */
  Set<String> names() {
    return HdfCall.ask(where, "a group", () -> BoundedHdf.children(file, group).keySet());
  }

  /** The group at a path below this one, if there is one. */
  Optional<HdfGroup> group(String path) {
    return node(path)
        .filter(Group.class::isInstance)
        .map(node -> new HdfGroup(file, (Group) node, place(path)));
  }

  /** The data set at a path below this group, if there is one. */
  Optional<StoredVariable> variable(String path) {
    return node(path)
        .filter(Dataset.class::isInstance)
        .map(node -> new StoredVariable(file, (Dataset) node, place(path)));
  }

  private String place(String path) {
    return where + ", " + path;
  }

  private Optional<Node> node(String path) {
    Node node = group;
    String[] names = path.split("/", -1);
    if (names.length > DEEPEST) {
      throw new KerasFileException(
          where, "groups at most %d deep".formatted(DEEPEST), "%d".formatted(names.length));
    }
    for (String name : names) {
      if (!(node instanceof Group parent)) {
        return Optional.empty();
      }
      node = HdfCall.ask(where, "a group", () -> BoundedHdf.children(file, parent).get(name));
      if (node != null && node.isLink()) {
        throw new KerasFileException(place(path), "data in this file", "a link, not followed");
      }
    }
    return Optional.ofNullable(node);
  }

  /** A text attribute, also one split into parts ({@code name0}, {@code name1}, ...). */
  Optional<String> text(String attribute) {
    return texts(attribute).map(parts -> String.join("", parts));
  }

  /** A list attribute, also one split into parts ({@code name0}, {@code name1}, ...). */
  Optional<List<String>> texts(String attribute) {
    Optional<List<String>> whole = strings(attribute);
    if (whole.isPresent()) {
      return whole;
    }
    List<String> joined = new ArrayList<>();
    Optional<List<String>> part = strings(attribute + 0);
    if (part.isEmpty()) {
      return Optional.empty();
    }
    for (int next = 1; part.isPresent(); next++) {
      joined.addAll(part.get());
      part = strings(attribute + next);
    }
    return Optional.of(joined);
  }

  private Optional<List<String>> strings(String name) {
    String place = where + ", attribute " + name;
    return HdfCall.ask(
        place,
        "strings",
        () -> {
          Attribute attribute = group.getAttribute(name);
          return Optional.ofNullable(attribute).map(a -> new HdfStrings(file, place).decode(a));
        });
  }
}
