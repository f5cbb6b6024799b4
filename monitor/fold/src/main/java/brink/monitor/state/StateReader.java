package brink.monitor.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Reads what {@link StateWriter} wrote, in the same order. */
public final class StateReader {
  private final ByteBuffer buffer;

  /**
   * A reader.
   *
   * @param bytes not modified
   */
  public StateReader(byte[] bytes) {
    this.buffer = ByteBuffer.wrap(bytes);
  }

  /** One byte. */
  public byte getByte() {
    return buffer.get();
  }

  /** Whether an optional value follows. */
  public boolean isPresent() {
    return buffer.get() != 0;
  }

  /** Four bytes. */
  public int getInt() {
    return buffer.getInt();
  }

  /** Eight bytes. */
  public long getLong() {
    return buffer.getLong();
  }

  /** Four bytes. */
  public float getFloat() {
    return Float.intBitsToFloat(buffer.getInt());
  }

  /** Eight bytes. */
  public double getDouble() {
    return Double.longBitsToDouble(buffer.getLong());
  }

  /** Of {@link StateWriter#putOptionalFloat}. */
  public @Nullable Double getOptionalFloat() {
    return isPresent() ? (double) getFloat() : null;
  }

  /** An optional double. */
  public @Nullable Double getOptionalDouble() {
    return isPresent() ? getDouble() : null;
  }

  /** UTF-8 with its length. */
  public String getString() {
    int length = buffer.getShort();
    if (length < 0) {
      throw new IllegalArgumentException("a text of " + length + " bytes; the state is damaged");
    }
    byte[] bytes = new byte[length];
    buffer.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /**
   * The value of an enumeration.
   *
   * @param values its value for a number, or null
   * @throws IllegalArgumentException if the number has none
   */
  public static <T> T known(int number, IntFunction<? extends @Nullable T> values) {
    T value = values.apply(number);
    if (value == null) {
      throw new IllegalArgumentException("nothing has the number " + number);
    }
    return value;
  }

  /** Whether all was read. */
  public boolean isExhausted() {
    return !buffer.hasRemaining();
  }
}
