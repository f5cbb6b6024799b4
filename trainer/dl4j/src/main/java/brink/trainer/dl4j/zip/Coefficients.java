package brink.trainer.dl4j.zip;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UTFDataFormatException;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * All weights of a network as one row, as {@code Nd4j.write} has them: a header and the shape,
 * whose numbers are a buffer of their own, then a header and the numbers, big-endian. A header is
 * how memory was allocated, the number of elements, and their type. What versions before 1.0.0
 * wrote has lengths of 32 bits.
 */
public final class Coefficients implements AutoCloseable {
  /** How versions before 1.0.0 allocated memory. */
  private static final Set<String> OLD = Set.of("DIRECT", "HEAP", "JAVACPP");

  /** Rank, lengths and strides of as many dimensions as ND4J has, and three more. */
  private static final int LONGEST_SHAPE = 2 * 32 + 4;

  private final DataInputStream in;
  private final long count;
  private final DataType type;

  private Coefficients(DataInputStream in, long count, DataType type) {
    this.in = in;
    this.count = count;
    this.type = type;
  }

  /**
   * Reads what comes before the numbers.
   *
   * @param entry closed with this, or where this fails
   * @throws ModelZipException if no row of floating-point numbers follows
   */
  static Coefficients of(InputStream entry) throws IOException, ModelZipException {
    DataInputStream in = new DataInputStream(entry);
    try {
      Header shape = Header.read(in);
      if (shape.length > LONGEST_SHAPE) {
        throw noRow();
      }
      in.skipNBytes(shape.length * (shape.type == DataType.INT32 ? Integer.BYTES : Long.BYTES));
      Header numbers = Header.read(in);
      return switch (numbers.type) {
        case DOUBLE, FLOAT, HALF, BFLOAT16 -> new Coefficients(in, numbers.length, numbers.type);
        default ->
            throw new ModelZipException(
                "its coefficients.bin holds %s, expected floating-point numbers"
                    .formatted(numbers.type));
      };
    } catch (EOFException | UTFDataFormatException e) {
      in.close();
      throw noRow();
    } catch (IOException | ModelZipException e) {
      in.close();
      throw e;
    }
  }

  private static ModelZipException noRow() {
    return new ModelZipException("its coefficients.bin is no array that Nd4j.write wrote");
  }

  /** Number of weights, as the file says. */
  public long count() {
    return count;
  }

  /**
   * Reads the numbers.
   *
   * @return 1×{@link #count} in double precision
   * @throws ModelZipException if there are less than that
   */
  public INDArray read() throws ModelZipException {
    INDArray row = Nd4j.createUninitialized(DataType.DOUBLE, 1, count);
    DataBuffer numbers = row.data();
    try {
      for (long i = 0; i < count; i++) {
        numbers.put(i, next());
      }
      return row;
    } catch (IOException e) {
      throw new ModelZipException(
          "its coefficients.bin ends before the last of %d numbers, or is damaged (%s)"
              .formatted(count, OneLine.of(e)),
          e);
    }
  }

  private double next() throws IOException {
    return switch (type) {
      case DOUBLE -> in.readDouble();
      case FLOAT -> in.readFloat();
      case HALF -> Float.float16ToFloat(in.readShort());
      case BFLOAT16 -> Float.intBitsToFloat(in.readShort() << 16);
      default -> throw new IllegalStateException("no floating-point numbers: " + type);
    };
  }

  @Override
  public void close() throws ModelZipException {
    try {
      in.close();
    } catch (IOException e) {
      throw new ModelZipException("its coefficients.bin is damaged: " + OneLine.of(e), e);
    }
  }

  private record Header(long length, DataType type) {
    static Header read(DataInputStream in) throws IOException, ModelZipException {
      boolean old = OLD.contains(in.readUTF());
      long length = old ? in.readInt() : in.readLong();
      String type = in.readUTF();
      if (length < 0) {
        throw noRow();
      }
      try {
        return new Header(length, DataType.valueOf(type));
      } catch (IllegalArgumentException e) {
        throw noRow();
      }
    }
  }
}
