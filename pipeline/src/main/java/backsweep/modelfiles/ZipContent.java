package backsweep.modelfiles;

import backsweep.keras.Json;
import backsweep.keras.KerasFileException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Reads entries of a zip whose sizes must not be believed. Names are compared, never opened. */
final class ZipContent {

  private static final int MAXIMUM_ENTRIES = 10_000;

  /** What the list of as many entries takes, with long names. */
  private static final long MAXIMUM_LIST = 4 << 20;

  private static final int END_SIGNATURE = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int LONGEST_COMMENT = 0xffff;
  private static final int LIST_LENGTH = 12;

  /** The extra field in which Python since 3.12, and others, look for the name. */
  private static final int UNICODE_PATH = 0x7075;

  /** In that field, before the name: a version and the checksum of the entry's own name. */
  private static final int BEFORE_NAME = 5;

  private ZipContent() {}

  /**
   * The content of an entry.
   *
   * @throws KerasFileException if there is not exactly one of that name, if it is larger than that,
   *     or not what the zip says it is
   */
  static byte[] read(Path path, String name, int maximumBytes) {
    checkList(path);
    try (ZipFile zip = new ZipFile(path.toFile())) {
      return read(zip, entry(zip, path, name), maximumBytes, path + ", " + name);
    } catch (IOException | IllegalArgumentException e) {
      throw new KerasFileException(path.toString(), "a zip", "a broken one: " + e.getMessage(), e);
    }
  }

  /**
   * Checks the length of the list of entries before {@link ZipFile} takes memory for it. One place
   * only at the end of the file may say it: which of several counts is up to who reads the zip.
   */
  private static void checkList(Path path) {
    ByteBuffer bytes = FileBytes.of(path).order(ByteOrder.LITTLE_ENDIAN);
    int first = Math.max(0, bytes.capacity() - END_BYTES - LONGEST_COMMENT);
    int ends = 0;
    for (int at = first; at + END_BYTES <= bytes.capacity(); at++) {
      if (bytes.getInt(at) == END_SIGNATURE) {
        ends++;
        long length = Integer.toUnsignedLong(bytes.getInt(at + LIST_LENGTH));
        if (length > MAXIMUM_LIST) {
          throw new KerasFileException(
              path.toString(),
              "a list of entries of at most " + MAXIMUM_LIST + " bytes",
              String.valueOf(length));
        }
      }
    }
    if (ends > 1) {
      throw new KerasFileException(path.toString(), "a zip with one end", ends + " of them");
    }
  }

  /**
   * Copies a zip, with other content for one entry. All other entries keep name, content, time and
   * method.
   *
   * @param target an empty file, which becomes the copy
   * @param name the entry that was read before
   * @param content its content in the copy
   * @throws KerasFileException if the zip is broken
   * @throws IOException if the copy cannot be written
   */
  static void copy(Path path, Path target, String name, byte[] content) throws IOException {
    try (ZipFile zip = new ZipFile(path.toFile());
        ZipOutputStream copy = new ZipOutputStream(Files.newOutputStream(target))) {
      checkEntries(zip, path);
      for (ZipEntry entry : zip.stream().toList()) {
        boolean changed = entry.getName().equals(name);
        copy.putNextEntry(changed ? described(entry, content) : described(entry));
        try (InputStream original = zip.getInputStream(entry)) {
          if (changed) {
            copy.write(content);
          } else {
            copyBounded(original, copy, Inflation.most(entry.getCompressedSize()), path);
          }
        }
        copy.closeEntry();
      }
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      throw new KerasFileException(path.toString(), "a zip", "a broken one: " + e.getMessage(), e);
    }
  }

  private static void copyBounded(InputStream content, OutputStream copy, long most, Path path)
      throws IOException {
    byte[] buffer = new byte[1 << 16];
    long copied = 0;
    for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
      copied += read;
      if (copied > most) {
        throw new KerasFileException(
            path.toString(), "entries of at most " + most + " bytes", "one that inflates to more");
      }
      copy.write(buffer, 0, read);
    }
  }

  /** The same entry, to be compressed anew. */
  private static ZipEntry described(ZipEntry entry) {
    ZipEntry copy = new ZipEntry(entry);
    copy.setCompressedSize(entry.getMethod() == ZipEntry.STORED ? entry.getSize() : -1);
    return copy;
  }

  private static ZipEntry described(ZipEntry entry, byte[] content) {
    ZipEntry copy = described(entry);
    copy.setCrc(checksum(content));
    return copy;
  }

  private static ZipEntry entry(ZipFile zip, Path path, String name) {
    checkEntries(zip, path);
    List<? extends ZipEntry> named =
        zip.stream().filter(entry -> entry.getName().equals(name)).toList();
    if (named.size() != 1) {
      List<String> names =
          zip.stream().limit(10).map(entry -> Json.excerpt(entry.getName())).toList();
      throw new KerasFileException(
          path.toString(), "one entry " + name + " as in a .keras file", "entries " + names);
    }
    return named.get(0);
  }

  /** Checks that entries are not many, and that they do not share bytes to seem larger. */
  private static void checkEntries(ZipFile zip, Path path) {
    if (zip.size() > MAXIMUM_ENTRIES) {
      throw new KerasFileException(
          path.toString(), "at most " + MAXIMUM_ENTRIES + " entries", String.valueOf(zip.size()));
    }
    for (ZipEntry entry : zip.stream().toList()) {
      // Python ends a name at its first NUL, so that it would see another name.
      if (!Json.line(entry.getName()).equals(entry.getName())) {
        throw new KerasFileException(
            path.toString(), "names of entries without control characters", entry.getName());
      }
      checkOtherName(entry, path);
    }
    long bytes = zip.stream().mapToLong(ZipEntry::getCompressedSize).sum();
    if (bytes > path.toFile().length()) {
      throw new KerasFileException(path.toString(), "entries of " + bytes + " bytes", "fewer");
    }
  }

  /** Checks that an entry has no other name in its extra fields: who reads the zip would choose. */
  private static void checkOtherName(ZipEntry entry, Path path) {
    byte[] extra = entry.getExtra() == null ? new byte[0] : entry.getExtra();
    ByteBuffer fields = ByteBuffer.wrap(extra).order(ByteOrder.LITTLE_ENDIAN);
    while (fields.remaining() >= 2 * Short.BYTES) {
      int kind = Short.toUnsignedInt(fields.getShort());
      int length = Short.toUnsignedInt(fields.getShort());
      if (length > fields.remaining()) {
        throw new KerasFileException(
            path + ", " + entry.getName(), length + " bytes of extra field", "fewer");
      }
      byte[] field = new byte[length];
      fields.get(field);
      if (kind == UNICODE_PATH && !otherName(field).equals(entry.getName())) {
        throw new KerasFileException(
            path.toString(),
            "one name for the entry " + entry.getName(),
            "also " + Json.excerpt(otherName(field)));
      }
    }
  }

  private static String otherName(byte[] field) {
    int start = Math.min(BEFORE_NAME, field.length);
    return new String(field, start, field.length - start, StandardCharsets.UTF_8);
  }

  private static byte[] read(ZipFile zip, ZipEntry entry, int maximumBytes, String where)
      throws IOException {
    checkSizes(entry, maximumBytes, where);
    try (InputStream content = zip.getInputStream(entry)) {
      byte[] bytes = content.readNBytes((int) entry.getSize());
      if (bytes.length < entry.getSize() || content.read() >= 0) {
        throw new KerasFileException(where, entry.getSize() + " bytes", "another length");
      }
      if (checksum(bytes) != entry.getCrc()) {
        throw new KerasFileException(where, "content that fits its checksum", "other content");
      }
      return bytes;
    }
  }

  private static void checkSizes(ZipEntry entry, int maximumBytes, String where) {
    if (entry.getSize() < 0 || entry.getSize() > maximumBytes) {
      throw new KerasFileException(
          where, "at most " + maximumBytes + " bytes", String.valueOf(entry.getSize()));
    }
    if (entry.getSize() > Inflation.most(Math.max(0, entry.getCompressedSize()))) {
      throw new KerasFileException(
          where,
          "at most %d bytes of %d compressed ones"
              .formatted(Inflation.most(entry.getCompressedSize()), entry.getCompressedSize()),
          String.valueOf(entry.getSize()));
    }
    if (entry.getMethod() == ZipEntry.STORED && entry.getSize() != entry.getCompressedSize()) {
      throw new KerasFileException(
          where, entry.getSize() + " bytes", entry.getCompressedSize() + " in the zip");
    }
  }

  private static long checksum(byte[] bytes) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    return checksum.getValue();
  }
}
