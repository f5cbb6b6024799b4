package brink.trainer.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A type of numbers in NumPy's format.
 *
 * @param width bytes of a number
 * @param kind of numbers
 * @param order of their bytes
 * @param reader takes the next one; integers beyond 2⁵³ are rounded
 */
record NpyType(int width, Kind kind, ByteOrder order, ToDoubleFunction<ByteBuffer> reader) {
  /** What numbers may be. */
  enum Kind {
    BOOLEAN,
    INTEGER,
    REAL
  }

  private static final Map<String, ToDoubleFunction<ByteBuffer>> READERS =
      Map.ofEntries(
          Map.entry("b1", bytes -> bytes.get() == 0 ? 0 : 1),
          Map.entry("i1", ByteBuffer::get),
          Map.entry("i2", ByteBuffer::getShort),
          Map.entry("i4", ByteBuffer::getInt),
          Map.entry("i8", ByteBuffer::getLong),
          Map.entry("u1", bytes -> Byte.toUnsignedInt(bytes.get())),
          Map.entry("u2", bytes -> Short.toUnsignedInt(bytes.getShort())),
          Map.entry("u4", bytes -> Integer.toUnsignedLong(bytes.getInt())),
          Map.entry("u8", bytes -> unsigned(bytes.getLong())),
          Map.entry("f2", bytes -> Float.float16ToFloat(bytes.getShort())),
          Map.entry("f4", ByteBuffer::getFloat),
          Map.entry("f8", ByteBuffer::getDouble));

  /**
   * Reads NumPy's name of a type, such as {@code >i8}.
   *
   * @param name of the file, for messages
   * @throws DataException if these are no numbers that can be read
   */
  static NpyType of(String name, String text) {
    String type = text.isEmpty() ? "" : text.substring(1);
    ToDoubleFunction<ByteBuffer> reader = READERS.get(type);
    ByteOrder order =
        switch (text.isEmpty() ? ' ' : text.charAt(0)) {
          case '<', '|' -> ByteOrder.LITTLE_ENDIAN;
          case '>' -> ByteOrder.BIG_ENDIAN;
          case '=' -> ByteOrder.nativeOrder();
          default -> null;
        };
    if (reader == null || order == null) {
      throw new DataException(
          ("%s: holds %s, expected numbers (bool, integers, or floats of 2, 4 or 8 bytes); features"
                  + " are converted by x.astype('<f8'), labels by"
                  + " numpy.unique(y, return_inverse=True)[1]")
              .formatted(name, words(text)));
    }
    Kind kind =
        switch (type.charAt(0)) {
          case 'b' -> Kind.BOOLEAN;
          case 'f' -> Kind.REAL;
          default -> Kind.INTEGER;
        };
    return new NpyType(type.charAt(1) - '0', kind, order, reader);
  }

  private static String words(String text) {
    String kind =
        switch (text.length() > 1 ? text.charAt(1) : ' ') {
          case 'U', 'S', 'a' -> "text";
          case 'O' -> "Python objects";
          case 'c' -> "complex numbers";
          case 'M', 'm' -> "times";
          default -> "an unknown type";
        };
    return kind + " (" + Shown.quoted(text) + ")";
  }

  private static double unsigned(long bits) {
    return bits >= 0 ? bits : 2.0 * ((bits >>> 1) | (bits & 1));
  }
}
