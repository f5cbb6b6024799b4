package brink.trainer.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Arrays as numpy.save writes them, by the published description of the format
 * (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html) and not by the reader's
 * code: header padded with blanks to a multiple of 64 bytes, then the numbers.
 */
final class NumpyWriter {
  private NumpyWriter() {}

  /** An array of a type such as {@code >i2}; values in C order. */
  static byte[] array(String type, boolean fortran, int[] shape, double... values) {
    return array(1, type, fortran, shape, values);
  }

  /** The same in a version of the format. */
  static byte[] array(int version, String type, boolean fortran, int[] shape, double... values) {
    return withHeader(
        version,
        "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }"
            .formatted(type, fortran ? "True" : "False", tuple(shape)),
        numbers(type, fortran ? columnMajor(shape, values) : values));
  }

  /** Any header over any bytes. */
  static byte[] withHeader(int version, String header, byte[] data) {
    int prefix = version == 1 ? 10 : 12;
    int length = (prefix + header.length() + 1 + 63) / 64 * 64 - prefix;
    ByteBuffer file =
        ByteBuffer.allocate(prefix + length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    file.put((byte) version).put((byte) 0);
    if (version == 1) {
      file.putShort((short) length);
    } else {
      file.putInt(length);
    }
    file.put(header.getBytes(StandardCharsets.ISO_8859_1));
    file.put(" ".repeat(length - header.length() - 1).getBytes(StandardCharsets.US_ASCII));
    return file.put((byte) '\n').put(data).array();
  }

  /** An archive as numpy.savez_compressed writes it. */
  static Path archive(Path file, Map<String, byte[]> members) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        zip.putNextEntry(new ZipEntry(member.getKey() + ".npy"));
        zip.write(member.getValue());
        zip.closeEntry();
      }
    }
    return Files.write(file, bytes.toByteArray());
  }

  private static String tuple(int[] shape) {
    return shape.length == 1
        ? "(" + shape[0] + ",)"
        : Arrays.stream(shape)
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(", ", "(", ")"));
  }

  /** The order in which the first index runs fastest. */
  private static double[] columnMajor(int[] shape, double[] values) {
    double[] reordered = new double[values.length];
    for (int from = 0; from < values.length; from++) {
      int rest = from;
      int to = 0;
      int[] index = new int[shape.length];
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        index[axis] = rest % shape[axis];
        rest /= shape[axis];
      }
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        to = to * shape[axis] + index[axis];
      }
      reordered[to] = values[from];
    }
    return reordered;
  }

  private static byte[] numbers(String type, double[] values) {
    int width = type.charAt(2) - '0';
    ByteBuffer data = ByteBuffer.allocate(width * values.length);
    data.order(type.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      switch (type.substring(1)) {
        case "f2" -> data.putShort(Float.floatToFloat16((float) value));
        case "f4" -> data.putFloat((float) value);
        case "f8" -> data.putDouble(value);
        case "i8" -> data.putLong((long) value);
        case "u8" ->
            data.putLong(value < 0x1p63 ? (long) value : (long) (value - 0x1p63) ^ Long.MIN_VALUE);
        case "i4", "u4" -> data.putInt((int) (long) value);
        case "i2", "u2" -> data.putShort((short) value);
        case "i1", "u1", "b1" -> data.put((byte) (int) value);
        default -> throw new IllegalArgumentException(type);
      }
    }
    return data.array();
  }
}
