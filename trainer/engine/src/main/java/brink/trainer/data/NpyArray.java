package brink.trainer.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An array in NumPy's format, versions 1 to 3
 * (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html), C order, little-endian.
 *
 * @param shape lengths of the axes, at least one, the first at least 1
 * @param integers whether the type is an integer one
 * @param values in C order; owned by this record, not to be modified
 */
@SuppressWarnings("ArrayRecordComponent") // equality is never asked for
record NpyArray(List<Integer> shape, boolean integers, double[] values) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern TYPE = Pattern.compile("'descr':\\s*'([<|])([fiu])([1248])'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*False");
  private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([0-9, ]*)\\)");

  /**
   * Reads the whole file.
   *
   * @throws DataException if it is missing, malformed, of another type or order, or not finite
   */
  static NpyArray read(Path file) {
    DataException.requireFile(file, "an existing .npy file");
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      return parse(file, header(file, bytes), bytes);
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  private static String header(Path file, ByteBuffer bytes) {
    byte[] start = new byte[MAGIC.length];
    boolean readable = bytes.remaining() >= 12;
    if (readable) {
      bytes.get(start);
      readable = Arrays.equals(MAGIC, start);
    }
    if (!readable) {
      throw new DataException("%s: not a NumPy array; write it with numpy.save".formatted(file));
    }
    int version = bytes.getShort() & 0xff;
    int length = version == 1 ? Short.toUnsignedInt(bytes.getShort()) : bytes.getInt();
    if (length < 0 || length > bytes.remaining()) {
      throw new DataException("%s: the header is cut off; write it anew".formatted(file));
    }
    byte[] text = new byte[length];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private static NpyArray parse(Path file, String header, ByteBuffer bytes) {
    Matcher type = TYPE.matcher(header);
    Matcher shape = SHAPE.matcher(header);
    if (!type.find() || !shape.find() || !ORDER.matcher(header).find()) {
      throw new DataException(
          "%s: expected a little-endian array of numbers in C order, found %s; convert it with"
                  .formatted(file, header.strip())
              + " numpy.ascontiguousarray(x, dtype='<f8')");
    }
    List<Integer> axes =
        Stream.of(shape.group(1).split(","))
            .map(String::strip)
            .filter(axis -> !axis.isEmpty())
            .map(Integer::valueOf)
            .toList();
    int width = Integer.parseInt(type.group(3));
    long length = axes.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    if (axes.isEmpty() || length == 0 || length * width != bytes.remaining()) {
      throw new DataException(
          "%s: shape %s of %d-byte numbers needs %d bytes, found %d"
              .formatted(file, axes, width, length * width, bytes.remaining()));
    }
    double[] values = new double[(int) length];
    ToDoubleFunction<ByteBuffer> next = reader(file, type.group(2) + width);
    for (int i = 0; i < values.length; i++) {
      values[i] = next.applyAsDouble(bytes);
      if (!Double.isFinite(values[i])) {
        throw new DataException(
            "%s: entry %d is %s, expected finite numbers".formatted(file, i, values[i]));
      }
    }
    return new NpyArray(axes, !"f".equals(type.group(2)), values);
  }

  private static ToDoubleFunction<ByteBuffer> reader(Path file, String type) {
    return switch (type) {
      case "f8" -> ByteBuffer::getDouble;
      case "f4" -> ByteBuffer::getFloat;
      case "i1" -> ByteBuffer::get;
      case "i2" -> ByteBuffer::getShort;
      case "i4" -> ByteBuffer::getInt;
      case "i8" -> ByteBuffer::getLong;
      case "u1" -> bytes -> Byte.toUnsignedInt(bytes.get());
      default ->
          throw new DataException(
              "%s: numbers of type %s, expected f4, f8, i1, i2, i4, i8 or u1"
                  .formatted(file, type));
    };
  }

  /** Length of the first axis. */
  int rows() {
    return shape.getFirst();
  }
}
