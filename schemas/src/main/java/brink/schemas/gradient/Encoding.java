package brink.schemas.gradient;

import brink.v1.GradientEncoding;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Number formats of the wire: width in bytes, and floats to bytes and back, little-endian. */
enum Encoding {
  F32(4, 0x1p-24, 0x1p-150) {
    @Override
    void encode(float[] entries, int count, ByteBuffer to) {
      to.asFloatBuffer().put(entries, 0, count);
      to.position(to.position() + count * width());
    }

    @Override
    float get(ByteBuffer from) {
      return from.getFloat();
    }
  },
  F16(2, 0x1p-11 + 0x1p-24, 0x1p-25) {
    @Override
    void encode(float[] entries, int count, ByteBuffer to) {
      for (int i = 0; i < count; i++) {
        to.putShort(Float.floatToFloat16(entries[i]));
      }
    }

    @Override
    float get(ByteBuffer from) {
      return Float.float16ToFloat(from.getShort());
    }
  },
  BF16(2, 0x1p-8 + 0x1p-24, 0x1p-134) {
    @Override
    void encode(float[] entries, int count, ByteBuffer to) {
      for (int i = 0; i < count; i++) {
        to.putShort(bfloat16(entries[i]));
      }
    }

    @Override
    float get(ByteBuffer from) {
      return Float.intBitsToFloat(from.getShort() << 16);
    }
  };

  private final int width;
  private final double roundoff;
  private final double underflow;

  Encoding(int width, double roundoff, double underflow) {
    this.width = width;
    this.roundoff = roundoff;
    this.underflow = underflow;
  }

  /** Most that rounding a double by way of binary32 changes an entry by, relative to the entry. */
  double roundoff() {
    return roundoff;
  }

  /** Most that it changes an entry by that is too small for that: half the least subnormal. */
  double underflow() {
    return underflow;
  }

  /** Bytes of one entry. */
  int width() {
    return width;
  }

  /**
   * Writes entries one after the other.
   *
   * @param entries read, not modified
   * @param count of them, from the first
   * @param to little-endian, with room for them
   */
  abstract void encode(float[] entries, int count, ByteBuffer to);

  abstract float get(ByteBuffer from);

  /** The format that the wire names; null if this version does not know it. */
  static @Nullable Encoding of(GradientEncoding wire) {
    return switch (wire) {
      case GRADIENT_ENCODING_F32 -> F32;
      case GRADIENT_ENCODING_F16 -> F16;
      case GRADIENT_ENCODING_BF16 -> BF16;
      case GRADIENT_ENCODING_UNSPECIFIED, UNRECOGNIZED -> null;
    };
  }

  /** The upper half of binary32, rounded to nearest, ties to even; NaN stays NaN. */
  private static short bfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      // Rounding could carry a NaN's payload into infinity: keep the sign, set the quiet bit.
      return (short) ((bits >>> 16) | 0x0040);
    }
    int tiesToEven = 0x7FFF + ((bits >>> 16) & 1);
    return (short) ((bits + tiesToEven) >>> 16);
  }
}
