package brink.schemas.gradient;

import brink.v1.GradientChunk;
import brink.v1.GradientEncoding;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.zip.CRC32C;

/**
 * A gradient as chunks of at most 1 MiB. The list is a view: each chunk is encoded when it is asked
 * for, so that a large gradient never lies in memory twice. The gradient must not change until the
 * last chunk was taken; the checksum of the whole, taken first, gives it away if it did.
 */
public final class GradientEncoder extends AbstractList<GradientChunk> implements RandomAccess {
  /** Most data bytes in a chunk. */
  public static final int CHUNK_BYTES = 1 << 20;

  private final String runId;
  private final long step;
  private final GradientValues values;
  private final long total;
  private final GradientEncoding wire;
  private final Encoding encoding;
  private final int chunks;
  private final int crc32c;

  private GradientEncoder(
      String runId, long step, GradientValues values, long total, GradientEncoding wire) {
    Encoding known = Encoding.of(wire);
    if (known == null) {
      throw new IllegalArgumentException("no gradient encoding: " + wire);
    }
    if (step < 0 || total < 0) {
      throw new IllegalArgumentException(
          "run %s: step %d, %d entries".formatted(runId, step, total));
    }
    this.runId = runId;
    this.step = step;
    this.values = values;
    this.total = total;
    this.wire = wire;
    this.encoding = known;
    // An empty gradient is one empty chunk, so that its reader learns of it.
    this.chunks = Math.toIntExact(Math.max(1, Math.ceilDiv(total, entriesPerChunk())));
    this.crc32c = checksum();
  }

  /**
   * The chunks of a gradient.
   *
   * @param values ∇L(w_step), read but not modified
   * @param total number of entries
   * @param encoding rounding to f16 or bf16 is to nearest even; what is too large becomes infinite
   */
  public static List<GradientChunk> chunks(
      String runId, long step, GradientValues values, long total, GradientEncoding encoding) {
    return new GradientEncoder(runId, step, values, total, encoding);
  }

  /** The chunks of a gradient that lies in an array. */
  public static List<GradientChunk> chunks(
      String runId, long step, double[] gradient, GradientEncoding encoding) {
    return chunks(runId, step, GradientValues.of(gradient), gradient.length, encoding);
  }

  @Override
  public int size() {
    return chunks;
  }

  @Override
  public GradientChunk get(int index) {
    Objects.checkIndex(index, chunks);
    return GradientChunk.newBuilder()
        .setRunId(runId)
        .setStep(step)
        .setIndex(index)
        .setCount(chunks)
        .setOffset((long) index * entriesPerChunk())
        .setTotal(total)
        .setEncoding(wire)
        .setData(data(index))
        .setCrc32C(crc32c)
        .build();
  }

  private ByteString data(int index) {
    ByteBuffer buffer = ByteBuffer.allocate(entries(index) * encoding.width());
    encode(index, buffer);
    return UnsafeByteOperations.unsafeWrap(buffer);
  }

  private int checksum() {
    CRC32C crc = new CRC32C();
    ByteBuffer buffer = ByteBuffer.allocate(entries(0) * encoding.width());
    for (int index = 0; index < chunks; index++) {
      encode(index, buffer.clear());
      crc.update(buffer);
    }
    return (int) crc.getValue();
  }

  private void encode(int index, ByteBuffer buffer) {
    buffer.order(ByteOrder.LITTLE_ENDIAN);
    long first = (long) index * entriesPerChunk();
    int entries = entries(index);
    for (int i = 0; i < entries; i++) {
      encoding.put(buffer, values.at(first + i));
    }
    buffer.flip();
  }

  private int entries(int index) {
    return (int) Math.min(entriesPerChunk(), total - (long) index * entriesPerChunk());
  }

  private int entriesPerChunk() {
    return CHUNK_BYTES / encoding.width();
  }
}
