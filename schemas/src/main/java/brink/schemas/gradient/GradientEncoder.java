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
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/**
 * A gradient as chunks of at most 1 MiB. Every chunk names the checksum of the whole, so all of it
 * is encoded before the first one is there. What fits into {@link #KEPT_BYTES} is kept; a larger
 * gradient is encoded again, chunk by chunk as each is asked for, so that it never lies in memory
 * twice. It must not change until the last chunk was taken; the checksum gives it away if it did.
 */
public final class GradientEncoder extends AbstractList<GradientChunk> implements RandomAccess {
  /** Most data bytes in a chunk. */
  public static final int CHUNK_BYTES = 1 << 20;

  /** Most encoded bytes that are kept for the chunks: half of the buffer of Kafka's producer. */
  static final int KEPT_BYTES = 16 << 20;

  /** Entries that are worked on at a time; they stay in the first-level cache. */
  private static final int TILE = 1024;

  private final String runId;
  private final long step;
  private final GradientValues values;
  private final long total;
  private final GradientEncoding wire;
  private final Encoding encoding;
  private final int chunks;
  private final List<ByteBuffer> kept;
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
    this.kept =
        total <= KEPT_BYTES / known.width()
            ? IntStream.range(0, chunks).mapToObj(this::encoded).toList()
            : List.of();
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

  /** The chunks of a gradient that lies in an array of floats. */
  public static List<GradientChunk> chunks(
      String runId, long step, float[] gradient, GradientEncoding encoding) {
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
    return UnsafeByteOperations.unsafeWrap(kept.isEmpty() ? encoded(index) : kept.get(index));
  }

  private ByteBuffer encoded(int index) {
    ByteBuffer buffer = ByteBuffer.allocate(entries(index) * encoding.width());
    encode(index, buffer);
    return buffer;
  }

  private int checksum() {
    CRC32C crc = new CRC32C();
    if (kept.isEmpty()) {
      ByteBuffer buffer = ByteBuffer.allocate(entries(0) * encoding.width());
      for (int index = 0; index < chunks; index++) {
        encode(index, buffer.clear());
        crc.update(buffer);
      }
    } else {
      kept.forEach(buffer -> crc.update(buffer.duplicate()));
    }
    return (int) crc.getValue();
  }

  private void encode(int index, ByteBuffer buffer) {
    buffer.order(ByteOrder.LITTLE_ENDIAN);
    long begin = (long) index * entriesPerChunk();
    int entries = entries(index);
    float[] tile = new float[Math.min(TILE, entries)];
    for (int done = 0; done < entries; done += TILE) {
      int count = Math.min(TILE, entries - done);
      values.read(begin + done, tile, count);
      encoding.encode(tile, count, buffer);
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
