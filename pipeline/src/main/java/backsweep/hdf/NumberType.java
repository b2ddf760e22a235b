package backsweep.hdf;

import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The types of number a file may store. All but the largest 64 bit integers fit a double. */
public enum NumberType {
  /** Integers of 8 bits. */
  INT8(1) {
    @Override
    public void decode(ByteBuffer source, double[] target) {
      int start = source.position();
      for (int i = 0; i < target.length; i++) {
        target[i] = source.get(start + i);
      }
    }
  },
  /** Integers of 8 bits without a sign. */
  UINT8(1) {
    @Override
    public void decode(ByteBuffer source, double[] target) {
      int start = source.position();
      for (int i = 0; i < target.length; i++) {
        target[i] = source.get(start + i) & 0xff;
      }
    }
  },
  /** Integers of 16 bits. */
  INT16(2) {
    @Override
    public void decode(ByteBuffer source, double[] target) {
      ShortBuffer shorts = source.asShortBuffer();
      Arrays.setAll(target, shorts::get);
    }
  },
  /** Integers of 16 bits without a sign. */
  UINT16(2) {
    @Override
    public void decode(ByteBuffer source, double[] target) {
      ShortBuffer shorts = source.asShortBuffer();
      Arrays.setAll(target, i -> shorts.get(i) & 0xffff);
    }
  },
  /** Integers of 32 bits. */
  INT32(4) {
    @Override
    public void decode(ByteBuffer source, double[] target) {
      IntBuffer ints = source.asIntBuffer();
      Arrays.setAll(target, ints::get);
    }
  },
  /** Integers of 32 bits without a sign. */
  UINT32(4) {
    @Override
    public void decode(ByteBuffer source, double[] target) {
      IntBuffer ints = source.asIntBuffer();
      Arrays.setAll(target, i -> Integer.toUnsignedLong(ints.get(i)));
    }
  },
  /** Integers of 64 bits. */
  INT64(8) {
    @Override
    public void decode(ByteBuffer source, double[] target) {
      LongBuffer longs = source.asLongBuffer();
      Arrays.setAll(target, longs::get);
    }
  },
  /** Integers of 64 bits without a sign. */
  UINT64(8) {
    @Override
    public void decode(ByteBuffer source, double[] target) {
      LongBuffer longs = source.asLongBuffer();
      Arrays.setAll(target, i -> unsigned(longs.get(i)));
    }
  },
  /** Half precision. */
  FLOAT16(2) {
    @Override
    public void decode(ByteBuffer source, double[] target) {
      ShortBuffer halves = source.asShortBuffer();
      Arrays.setAll(target, i -> FloatingPoint.toFloat(halves.get(i)));
    }
  },
  /** Single precision. */
  FLOAT32(4) {
    @Override
    public void decode(ByteBuffer source, double[] target) {
      FloatBuffer floats = source.asFloatBuffer();
      for (int i = 0; i < target.length; i++) {
        target[i] = floats.get(i);
      }
    }
  },
  /** Double precision. */
  FLOAT64(8) {
    @Override
    public void decode(ByteBuffer source, double[] target) {
      DoubleBuffer doubles = source.asDoubleBuffer();
      doubles.get(target);
    }
  };

  private static final double LARGEST_PLAIN = 1e15;

  private final int bytes;

  NumberType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes a number takes. */
  public int bytes() {
    return bytes;
  }

  /** Fills the target with the numbers that begin at the source's position, which stays. */
  public abstract void decode(ByteBuffer source, double[] target);

  /** The type that a data set declares, empty if it does not hold plain numbers. */
  public static Optional<NumberType> of(DataType type) {
    if (type instanceof FixedPoint integer) {
      return ofInteger(integer);
    }
    return type instanceof FloatingPoint floating ? ofFloat(floating) : Optional.empty();
  }

  private static Optional<NumberType> ofInteger(FixedPoint type) {
    if (type.getBitOffset() != 0 || type.getBitPrecision() != type.getSize() * Byte.SIZE) {
      return Optional.empty();
    }
    return Optional.ofNullable(
        switch (type.getSize()) {
          case 1 -> type.isSigned() ? INT8 : UINT8;
          case 2 -> type.isSigned() ? INT16 : UINT16;
          case 4 -> type.isSigned() ? INT32 : UINT32;
          case 8 -> type.isSigned() ? INT64 : UINT64;
          default -> null;
        });
  }

  /** The IEEE 754 formats only: a bfloat16, for one, has the size of a half, but other bits. */
  private static Optional<NumberType> ofFloat(FloatingPoint type) {
    int fraction = type.getMantissaSize();
    int exponent = type.getExponentSize();
    boolean plain =
        type.getBitOffset() == 0
            && type.getBitPrecision() == type.getSize() * Byte.SIZE
            && type.getMantissaLocation() == 0
            && type.getExponentLocation() == fraction
            && type.getSignLocation() == fraction + exponent
            && type.getSize() * Byte.SIZE == 1 + fraction + exponent
            && type.getExponentBias() == (1 << (exponent - 1)) - 1;
    if (!plain) {
      return Optional.empty();
    }
    return Optional.ofNullable(
        switch (type.getSize()) {
          case 2 -> exponent == 5 ? FLOAT16 : null;
          case 4 -> exponent == 8 ? FLOAT32 : null;
          case 8 -> exponent == 11 ? FLOAT64 : null;
          default -> null;
        });
  }

  /** A number as a person writes it: integers without a fraction. */
  public static String plain(double number) {
    return number == Math.rint(number) && Math.abs(number) < LARGEST_PLAIN
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  private static double unsigned(long bits) {
    return bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2.0;
  }
}
