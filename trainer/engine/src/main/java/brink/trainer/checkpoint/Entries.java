package brink.trainer.checkpoint;

import java.nio.ByteBuffer;

/** A vector's entries as bytes: 4 each where that loses nothing, else 8. */
final class Entries {
  private Entries() {}

  /** Bytes that one entry needs. */
  static int bytesOf(double[] values) {
    for (double value : values) {
      if (Double.doubleToRawLongBits((float) value) != Double.doubleToRawLongBits(value)) {
        return Double.BYTES;
      }
    }
    return Float.BYTES;
  }

  /** The bytes, in a buffer that is filled. */
  static ByteBuffer encode(double[] values, int elementBytes) {
    ByteBuffer bytes = CheckpointFile.littleEndian(Math.multiplyExact(values.length, elementBytes));
    for (double value : values) {
      if (elementBytes == Float.BYTES) {
        bytes.putFloat((float) value);
      } else {
        bytes.putDouble(value);
      }
    }
    return bytes;
  }

  /** The entries of a buffer that is ready to be read. */
  static double[] decode(ByteBuffer bytes, int length, int elementBytes) {
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = elementBytes == Float.BYTES ? bytes.getFloat() : bytes.getDouble();
    }
    return values;
  }
}
