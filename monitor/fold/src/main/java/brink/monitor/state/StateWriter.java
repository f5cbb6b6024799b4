package brink.monitor.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes values one after the other, big-endian; doubles by their bits. */
public final class StateWriter {
  private final ByteBuffer buffer;

  /**
   * A writer.
   *
   * @param capacity most bytes that it takes
   */
  public StateWriter(int capacity) {
    this.buffer = ByteBuffer.allocate(capacity);
  }

  /** One byte. */
  public StateWriter put(byte value) {
    buffer.put(value);
    return this;
  }

  /** Four bytes. */
  public StateWriter put(int value) {
    buffer.putInt(value);
    return this;
  }

  /** Eight bytes. */
  public StateWriter put(long value) {
    buffer.putLong(value);
    return this;
  }

  /** Four bytes. */
  public StateWriter put(float value) {
    buffer.putInt(Float.floatToRawIntBits(value));
    return this;
  }

  /** Eight bytes. */
  public StateWriter put(double value) {
    buffer.putLong(Double.doubleToRawLongBits(value));
    return this;
  }

  /** Whether there is a value, and the value in single precision. */
  public StateWriter putOptionalFloat(@Nullable Double value) {
    putPresence(value != null);
    return value == null ? this : put(value.floatValue());
  }

  /** Whether the value is there, and the value. */
  public StateWriter putOptional(@Nullable Double value) {
    if (value == null) {
      return putPresence(false);
    }
    return putPresence(true).put(value.doubleValue());
  }

  /** Marks whether an optional value follows. */
  public StateWriter putPresence(boolean present) {
    return put((byte) (present ? 1 : 0));
  }

  /** UTF-8 with its length. */
  public StateWriter put(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    buffer.putShort((short) bytes.length).put(bytes);
    return this;
  }

  /** What was written. */
  public byte[] bytes() {
    return Arrays.copyOf(buffer.array(), buffer.position());
  }
}
