package backsweep.hostile;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Mutates what is in a zip, so that readers do not stop at its checksums. */
final class InsideZip {

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Entry(String name, byte[] content) {}

  private InsideZip() {}

  static boolean isZip(byte[] bytes) {
    return bytes.length > 4 && bytes[0] == 'P' && bytes[1] == 'K' && bytes[2] == 3;
  }

  /** The zip with one entry mutated, spliced with the same entry of another, or renamed. */
  static byte[] mutate(byte[] original, byte[] other, Random random) {
    List<Entry> entries = entries(original);
    int changed = random.nextInt(entries.size());
    Entry entry = entries.get(changed);
    byte[] donor = isZip(other) ? content(other, entry.name()) : other;
    entries.set(
        changed,
        random.nextInt(40) == 0
            ? new Entry("../" + entry.name(), entry.content())
            : new Entry(entry.name(), Mutation.mutate(entry.content(), donor, random)));
    return zip(entries);
  }

  /** The content of an entry; all of the zip where there is none of that name. */
  static byte[] content(byte[] zip, String name) {
    return entries(zip).stream()
        .filter(entry -> entry.name().equals(name))
        .map(Entry::content)
        .findFirst()
        .orElse(zip);
  }

  private static List<Entry> entries(byte[] zip) {
    List<Entry> entries = new ArrayList<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry next = in.getNextEntry(); next != null; next = in.getNextEntry()) {
        entries.add(new Entry(next.getName(), in.readAllBytes()));
      }
      return entries;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] zip(List<Entry> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Entry entry : entries) {
        zip.putNextEntry(new ZipEntry(entry.name()));
        zip.write(entry.content());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
