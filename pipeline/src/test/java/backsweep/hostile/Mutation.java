package backsweep.hostile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;

/**
 * What is done to the bytes of a file; the same for the same seed. Zips are mutated from outside,
 * and from inside: the mutated content in a sound zip. Parts of PNG files get the checksums of what
 * is in them then, mostly.
 */
final class Mutation {

  private static final long[] EXTREMES = {
    0,
    1,
    2,
    7,
    127,
    128,
    255,
    256,
    32_767,
    65_535,
    65_536,
    1 << 24,
    Integer.MAX_VALUE,
    1L << 31,
    0xffffffffL,
    1L << 32,
    1_000_000_000_000L,
    1L << 40,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    -1,
    -2
  };

  private static final String[] TOKENS = {
    "0",
    "-1",
    "1",
    "2",
    "3",
    "7",
    "64",
    "65536",
    "65537",
    "1000000000",
    "2147483647",
    "2147483648",
    "9223372036854775807",
    "1e999",
    "NaN",
    "Infinity",
    "null",
    "true",
    "\"\"",
    "[]",
    "{}",
    "[[]]",
    "\"Lambda\"",
    "\"same\"",
    "\"valid\"",
    "\"relu\"",
    "\"softmax\"",
    "\"../x\"",
    "0.5",
    "[1, 1]",
    "\"conv2d\"",
    "[null, 4, 4, 3]"
  };

  private static final List<BiFunction<byte[], Random, byte[]>> KINDS =
      List.of(
          Mutation::flip,
          Mutation::flip,
          Mutation::overwrite,
          Mutation::extreme,
          Mutation::extreme,
          Mutation::extreme,
          Mutation::truncate,
          Mutation::swap,
          Mutation::swap,
          Landmarks::swapNames,
          Mutation::copyWithin,
          Mutation::insert,
          Mutation::token,
          Mutation::token,
          Mutation::token);

  private Mutation() {}

  /**
   * A mutant.
   *
   * @param original what is mutated
   * @param other what it may be spliced with
   */
  static byte[] of(byte[] original, byte[] other, long seed) {
    Random random = new Random(seed);
    if (InsideZip.isZip(original) && random.nextInt(4) > 0) {
      return InsideZip.mutate(original, other, random);
    }
    byte[] mutant = mutate(original, other, random);
    return InsidePng.isPng(mutant) && random.nextInt(4) > 0 ? InsidePng.sound(mutant) : mutant;
  }

  static byte[] mutate(byte[] original, byte[] other, Random random) {
    if (random.nextInt(12) == 0) {
      return splice(original, other, random);
    }
    if (random.nextInt(original.length > 0 && original[0] == '{' ? 2 : 6) == 0) {
      Optional<byte[]> rewritten = InsideJson.mutate(original, other, random);
      if (rewritten.isPresent()) {
        return rewritten.get();
      }
    }
    byte[] mutant = original;
    boolean isJson = original.length > 0 && original[0] == '{' && random.nextInt(4) > 0;
    for (int times = 1 << random.nextInt(isJson ? 2 : 4); times > 0; times--) {
      byte[] bytes = mutant.clone();
      mutant = bytes.length < 16 ? bytes : kind(isJson, random).apply(bytes, random);
    }
    return mutant;
  }

  private static BiFunction<byte[], Random, byte[]> kind(boolean isJson, Random random) {
    return isJson ? Mutation::token : any(KINDS, random);
  }

  private static <T> T any(List<T> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }

  private static byte[] splice(byte[] one, byte[] other, Random random) {
    int from = random.nextInt(one.length + 1);
    int to = random.nextBoolean() ? from : random.nextInt(other.length + 1);
    return joined(Arrays.copyOf(one, from), tail(other, Math.min(to, other.length)));
  }

  private static byte[] tail(byte[] bytes, int from) {
    return Arrays.copyOfRange(bytes, from, bytes.length);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] flip(byte[] bytes, Random random) {
    bytes[place(bytes, random)] ^= (byte) (1 << random.nextInt(8));
    return bytes;
  }

  private static byte[] overwrite(byte[] bytes, Random random) {
    int from = place(bytes, random);
    byte[] noise = new byte[Math.min(bytes.length - from, 1 + random.nextInt(16))];
    random.nextBytes(noise);
    System.arraycopy(noise, 0, bytes, from, noise.length);
    return bytes;
  }

  private static byte[] extreme(byte[] bytes, Random random) {
    int size = 1 << random.nextInt(4);
    int at = Math.min(place(bytes, random), bytes.length - size);
    ByteBuffer value =
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(0, EXTREMES[random.nextInt(EXTREMES.length)]);
    System.arraycopy(value.array(), 0, bytes, at, size);
    return bytes;
  }

  private static byte[] truncate(byte[] bytes, Random random) {
    return random.nextInt(6) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  /** Two parts change places: attributes, links, nodes of trees. */
  private static byte[] swap(byte[] bytes, Random random) {
    int length = 8 << random.nextInt(5);
    int one = Math.max(0, Math.min(place(bytes, random), bytes.length - length));
    int other = Math.max(0, Math.min(place(bytes, random), bytes.length - length));
    byte[] first = Arrays.copyOfRange(bytes, one, Math.min(bytes.length, one + length));
    System.arraycopy(bytes, other, bytes, one, first.length);
    System.arraycopy(first, 0, bytes, other, first.length);
    return bytes;
  }

  /**
   * A part is where another one was: addresses of elsewhere, circles, names that are there twice.
   */
  private static byte[] copyWithin(byte[] bytes, Random random) {
    int length = Math.min(bytes.length, 8 << random.nextInt(4));
    int from = Math.min(place(bytes, random), bytes.length - length);
    int to = Math.min(place(bytes, random), bytes.length - length);
    System.arraycopy(bytes, from, bytes, to, length);
    return bytes;
  }

  private static byte[] insert(byte[] bytes, Random random) {
    int at = place(bytes, random);
    byte[] added = new byte[1 + random.nextInt(64)];
    random.nextBytes(added);
    return joined(joined(Arrays.copyOf(bytes, at), added), tail(bytes, at));
  }

  /** A value of JSON becomes another one, with blanks where that is shorter. */
  private static byte[] token(byte[] bytes, Random random) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int colon = text.indexOf(": ", place(bytes, random));
    int end = colon < 0 ? -1 : endOfValue(text, colon + 2);
    if (end < 0) {
      return flip(bytes, random);
    }
    String token = TOKENS[random.nextInt(TOKENS.length)];
    boolean sameLength = !text.startsWith("{");
    if (sameLength && token.length() > end - colon - 2) {
      return flip(bytes, random);
    }
    String padded = sameLength ? token + " ".repeat(end - colon - 2 - token.length()) : token;
    return (text.substring(0, colon + 2) + padded + text.substring(end))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static int endOfValue(String text, int start) {
    int depth = 0;
    for (int at = start; at < Math.min(text.length(), start + 200); at++) {
      char next = text.charAt(at);
      if (depth == 0 && (next == ',' || next == '}' || next == ']')) {
        return at;
      }
      depth += next == '[' || next == '{' ? 1 : next == ']' || next == '}' ? -1 : 0;
    }
    return -1;
  }

  /** Anywhere, near the beginning, or near something that matters. */
  private static int place(byte[] bytes, Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> notZero(bytes, random);
      case 1 -> random.nextInt(Math.min(bytes.length, 4096));
      default -> Landmarks.near(bytes, random);
    };
  }

  /** Most of a small HDF5 file is padding that nobody reads. */
  private static int notZero(byte[] bytes, Random random) {
    int place = random.nextInt(bytes.length);
    for (int tries = 0; bytes[place] == 0 && tries < 20; tries++) {
      place = random.nextInt(bytes.length);
    }
    return place;
  }
}
