package brink.trainer.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An array in NumPy's format, versions 1 to 3
 * (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
 *
 * @param name of its file, for messages
 * @param shape lengths of the axes, at least one, none of them 0
 * @param kind of its numbers
 * @param values in C order, the last axis running fastest; owned by this record, not to be modified
 */
@SuppressWarnings("ArrayRecordComponent") // equality is never asked for
record NpyArray(String name, List<Integer> shape, NpyType.Kind kind, double[] values) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** NumPy itself refuses headers beyond 10,000 bytes. */
  private static final int LONGEST_HEADER = 1 << 16;

  /** NumPy's own limit. */
  private static final int MOST_AXES = 64;

  /**
   * Reads the whole file.
   *
   * @throws DataException if it is missing, malformed, no array of numbers, or not finite
   */
  static NpyArray read(Path file) {
    DataException.requireFile(file, "an existing .npy file");
    try {
      if (Files.size(file) > Integer.MAX_VALUE - 8) {
        throw new DataException(
            "%s: is larger than 2 GB; save fewer examples, or smaller numbers (x.astype('<f4'))"
                .formatted(file));
      }
      byte[] bytes = Files.readAllBytes(file);
      WebPage.refuse(file, bytes);
      return parse(file.toString(), bytes);
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  /**
   * Reads an array from all bytes of its file.
   *
   * @param name of the file, for messages
   */
  static NpyArray parse(String name, byte[] all) {
    ByteBuffer bytes = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
    NpyHeader header = NpyHeader.parse(name, header(name, bytes));
    NpyType type = NpyType.of(name, header.type());
    int length = length(name, header, type, bytes.remaining());
    List<Integer> shape = header.shape().stream().map(Math::toIntExact).toList();
    double[] values = new double[length];
    bytes.order(type.order());
    for (int i = 0; i < length; i++) {
      values[i] = type.reader().applyAsDouble(bytes);
    }
    double[] ordered = header.fortran() ? transposed(values, shape) : values;
    requireFinite(name, ordered, shape);
    return new NpyArray(name, shape, type.kind(), ordered);
  }

  private static String header(String name, ByteBuffer bytes) {
    byte[] start = new byte[MAGIC.length];
    boolean readable = bytes.remaining() >= 12;
    if (readable) {
      bytes.get(start);
      readable = Arrays.equals(MAGIC, start);
    }
    if (!readable) {
      throw new DataException("%s: not a NumPy array; write it with numpy.save".formatted(name));
    }
    int version = bytes.get() & 0xff;
    bytes.get();
    if (version < 1 || version > 3) {
      throw new DataException(
          "%s: version %d of NumPy's format, expected 1, 2 or 3".formatted(name, version));
    }
    int length = version == 1 ? Short.toUnsignedInt(bytes.getShort()) : bytes.getInt();
    if (length < 0 || length > LONGEST_HEADER || length > bytes.remaining()) {
      throw new DataException("%s: the header is cut off; write it again".formatted(name));
    }
    byte[] text = new byte[length];
    bytes.get(text);
    return new String(text, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
  }

  private static int length(String name, NpyHeader header, NpyType type, int remaining) {
    List<Long> shape = header.shape();
    if (shape.isEmpty()) {
      throw new DataException(
          "%s: holds a single number (shape ()), expected an array of one or more axes"
              .formatted(name));
    }
    if (shape.size() > MOST_AXES) {
      throw new DataException("%s: has %d axes, NumPy at most 64".formatted(name, shape.size()));
    }
    if (shape.contains(0L)) {
      throw new DataException("%s: is empty, of shape %s".formatted(name, words(shape)));
    }
    // As many numbers as no file has are as many as the greatest that can be counted.
    long numbers = 1;
    for (long axis : shape) {
      numbers =
          axis > Integer.MAX_VALUE || numbers > Integer.MAX_VALUE ? Long.MAX_VALUE : numbers * axis;
    }
    if (numbers > Integer.MAX_VALUE || numbers * type.width() != remaining) {
      throw new DataException(
          "%s: shape %s of %d-byte numbers does not fit the %,d bytes that follow the header; write it again"
              .formatted(name, words(shape), type.width(), remaining));
    }
    return (int) numbers;
  }

  /** As Python writes it. */
  static String words(List<? extends Number> shape) {
    return shape.size() == 1
        ? "(" + shape.getFirst() + ",)"
        : shape.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
  }

  /** From the order in which the first axis runs fastest to that in which the last one does. */
  private static double[] transposed(double[] values, List<Integer> shape) {
    double[] ordered = new double[values.length];
    int[] index = new int[shape.size()];
    int[] steps = new int[shape.size()];
    int step = 1;
    for (int axis = shape.size() - 1; axis >= 0; axis--) {
      steps[axis] = step;
      step *= shape.get(axis);
    }
    int to = 0;
    for (double value : values) {
      ordered[to] = value;
      for (int axis = 0; axis < index.length; axis++) {
        to += steps[axis];
        if (++index[axis] < shape.get(axis)) {
          break;
        }
        to -= steps[axis] * index[axis];
        index[axis] = 0;
      }
    }
    return ordered;
  }

  private static void requireFinite(String name, double[] values, List<Integer> shape) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new DataException(
            "%s: entry %s is %s, expected finite numbers"
                .formatted(name, place(i, shape), values[i]));
      }
    }
  }

  /** Index of an entry, as Python writes it. */
  private static String place(int entry, List<Integer> shape) {
    if (shape.size() == 1) {
      return "" + entry;
    }
    String place = "";
    int rest = entry;
    for (int axis = shape.size() - 1; axis >= 0; axis--) {
      place = rest % shape.get(axis) + (place.isEmpty() ? "" : ", " + place);
      rest /= shape.get(axis);
    }
    return "[" + place + "]";
  }

  /** Length of the first axis. */
  int rows() {
    return shape.getFirst();
  }

  /** Numbers in an entry of the first axis. */
  int columns() {
    return values.length / rows();
  }
}
