package brink.schemas.gradient;

import brink.v1.GradientChunk;
import brink.v1.GradientEncoding;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of one gradient that came so far. Holds what was received and allocates nothing by
 * what was promised.
 */
final class PartialGradient {
  /**
   * What all chunks of a gradient agree on. Chunks that disagree are put together separately, so
   * that a corrupt one cannot spoil the others.
   */
  record Signature(
      String runId, long step, int count, long total, GradientEncoding encoding, int crc32c) {
    static Signature of(GradientChunk chunk) {
      return new Signature(
          chunk.getRunId(),
          chunk.getStep(),
          chunk.getCount(),
          chunk.getTotal(),
          chunk.getEncoding(),
          chunk.getCrc32C());
    }
  }

  /** Estimated cost of keeping a chunk beside its data: map entry, part, byte string. */
  static final long CHUNK_OVERHEAD = 160;

  private record Part(long offset, ByteString data) {}

  private final Signature signature;
  private final Encoding encoding;
  private final Map<Integer, Part> parts = new TreeMap<>();
  private long bytes;
  private long entries;

  PartialGradient(Signature signature, Encoding encoding) {
    this.signature = signature;
    this.encoding = encoding;
  }

  /** Memory held, bytes. */
  long bytes() {
    return bytes;
  }

  int received() {
    return parts.size();
  }

  boolean hasAllChunks() {
    return parts.size() == signature.count();
  }

  boolean holds(int index) {
    return parts.containsKey(index);
  }

  /** Takes the data of a chunk whose index is not held yet. */
  void add(GradientChunk chunk) {
    parts.put(chunk.getIndex(), new Part(chunk.getOffset(), chunk.getData()));
    bytes += cost(chunk);
    entries += entries(chunk);
  }

  /** Whether there would be more entries than promised, which bounds the memory of one gradient. */
  boolean wouldOverflow(GradientChunk chunk) {
    return entries + entries(chunk) > signature.total();
  }

  /** Whether the chunk equals the one that holds its index. */
  boolean agrees(GradientChunk chunk) {
    return new Part(chunk.getOffset(), chunk.getData()).equals(parts.get(chunk.getIndex()));
  }

  /** Memory for a chunk, bytes. */
  static long cost(GradientChunk chunk) {
    return chunk.getData().size() + CHUNK_OVERHEAD;
  }

  private long entries(GradientChunk chunk) {
    return chunk.getData().size() / encoding.width();
  }

  /** Why the chunks do not make the gradient that they promise; null if they do. */
  @Nullable String fault() {
    long next = 0;
    CRC32C crc = new CRC32C();
    for (Part part : parts.values()) {
      if (part.offset != next) {
        return "a chunk starts at entry %d instead of %d".formatted(part.offset, next);
      }
      next += part.data.size() / encoding.width();
      crc.update(part.data.asReadOnlyByteBuffer());
    }
    if (next != signature.total()) {
      return "%d entries came instead of %d".formatted(next, signature.total());
    }
    return (int) crc.getValue() == signature.crc32c() ? null : "the checksum of the whole is wrong";
  }

  /**
   * The entries. Call only without a {@link #fault}: then total entries are held, and the
   * allocation is safe.
   */
  float[] decode() {
    float[] gradient = new float[(int) signature.total()];
    int i = 0;
    for (Part part : parts.values()) {
      ByteBuffer data = part.data.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
      while (data.hasRemaining()) {
        gradient[i++] = encoding.get(data);
      }
    }
    return gradient;
  }
}
