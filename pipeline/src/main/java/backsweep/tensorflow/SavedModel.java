package backsweep.tensorflow;

import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A TensorFlow SavedModel as a value: the files of its folder. Immutable; equal bytes are equal
 * models, and the same network gives the same bytes every time.
 */
public final class SavedModel implements Serializable {

  private static final long serialVersionUID = 1;

  private final TreeMap<String, byte[]> files;
  private final String sha256;

  private SavedModel(Map<String, byte[]> files) {
    this.files = new TreeMap<>(files);
    this.sha256 = hash(this.files);
  }

  /**
   * A model of these files.
   *
   * @param files file name relative to the model's folder, with {@code /}, to content
   * @throws IllegalArgumentException if a name leads out of the folder
   */
  public static SavedModel of(Map<String, byte[]> files) {
    Map<String, byte[]> copy = new TreeMap<>();
    files.forEach((name, content) -> copy.put(checked(name), content.clone()));
    return new SavedModel(copy);
  }

  /** A model of one file whose bytes nobody else has: they are not copied, as they may be many. */
  static SavedModel ofOwn(String name, byte[] content) {
    return new SavedModel(Map.of(checked(name), content));
  }

  private static String checked(String name) {
    Path path = Path.of(name);
    if (name.isEmpty()
        || path.isAbsolute()
        || !path.equals(path.normalize())
        || path.startsWith("..")) {
      throw new IllegalArgumentException(
          "expected a file inside the model's folder, found " + name);
    }
    return name;
  }

  /** This model with one more file. */
  SavedModel with(String name, byte[] content) {
    Map<String, byte[]> more = new TreeMap<>(files);
    more.put(checked(name), content.clone());
    return new SavedModel(more);
  }

  /** The names of the files, relative to the model's folder. */
  public Set<String> names() {
    return Collections.unmodifiableSet(files.keySet());
  }

  /**
   * A copy of the content of a file.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public byte[] content(String name) {
    if (!files.containsKey(name)) {
      throw new IllegalArgumentException("expected one of %s, found %s".formatted(names(), name));
    }
    return files.get(name).clone();
  }

  /** The size of all files in bytes. */
  public long size() {
    return files.values().stream().mapToLong(content -> content.length).sum();
  }

  /** The SHA-256 over names and contents, 64 hexadecimal digits. */
  public String sha256() {
    return sha256;
  }

  /**
   * Writes the files into a folder, which is made if it is not there.
   *
   * @throws IOException if a file exists already or cannot be written
   */
  public void writeTo(Path directory) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = directory.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }
  }

  private static String hash(Map<String, byte[]> files) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    files.forEach(
        (name, content) -> {
          update(digest, name.getBytes(StandardCharsets.UTF_8));
          update(digest, content);
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Adds the length too, so that no two lists of files give the same stream of bytes. */
  private static void update(MessageDigest digest, byte[] bytes) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(bytes.length).array());
    digest.update(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SavedModel model && model.sha256.equals(sha256);
  }

  @Override
  public int hashCode() {
    return sha256.hashCode();
  }

  @Override
  public String toString() {
    return "SavedModel " + sha256.substring(0, 8) + " " + names();
  }
}
