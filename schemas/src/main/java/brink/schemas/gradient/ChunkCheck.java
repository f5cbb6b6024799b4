package brink.schemas.gradient;

import brink.v1.GradientChunk;
import org.jspecify.annotations.Nullable;

/** What can be wrong with a chunk by itself. All arithmetic is safe for any 64-bit input. */
final class ChunkCheck {
  /** Far beyond any sensible id; bounds what is remembered of a gradient. */
  private static final int MAX_RUN_ID = 1024;

  /** Longest array that every JVM can allocate. */
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private ChunkCheck() {}

  /** Why the chunk cannot be part of any gradient of at most {@code maxBytes}; null if it can. */
  static @Nullable String fault(GradientChunk chunk, long maxBytes) {
    Encoding encoding = Encoding.of(chunk.getEncoding());
    if (chunk.getRunId().isEmpty() || chunk.getRunId().length() > MAX_RUN_ID) {
      return "run id of %d characters".formatted(chunk.getRunId().length());
    }
    if (chunk.getStep() < 0) {
      return "negative step";
    }
    if (encoding == null) {
      return "unknown encoding " + chunk.getEncodingValue();
    }
    String fault = dataFault(chunk, encoding);
    if (fault == null) {
      fault = layoutFault(chunk, encoding);
    }
    return fault == null ? limitFault(chunk, encoding, maxBytes) : fault;
  }

  private static @Nullable String dataFault(GradientChunk chunk, Encoding encoding) {
    int bytes = chunk.getData().size();
    if (bytes > GradientEncoder.CHUNK_BYTES) {
      return bytes + " bytes of data, more than 1 MiB";
    }
    if (bytes % encoding.width() != 0) {
      return bytes + " bytes of data are not a whole number of " + encoding + " entries";
    }
    return chunk.getTotal() < 0 ? "negative total " + chunk.getTotal() : null;
  }

  private static @Nullable String limitFault(
      GradientChunk chunk, Encoding encoding, long maxBytes) {
    long total = chunk.getTotal();
    // The first test keeps the sum of the second within 64 bits.
    boolean fits =
        total <= MAX_ARRAY
            && total * encoding.width() + chunk.getCount() * PartialGradient.CHUNK_OVERHEAD
                <= maxBytes;
    return fits
        ? null
        : "%d entries in %d chunks are beyond this reader's limit of %d bytes"
            .formatted(total, chunk.getCount(), maxBytes);
  }

  private static @Nullable String layoutFault(GradientChunk chunk, Encoding encoding) {
    int index = chunk.getIndex();
    int count = chunk.getCount();
    long total = chunk.getTotal();
    int entries = chunk.getData().size() / encoding.width();
    if (index < 0 || index >= count) {
      return "index %d of %d chunks".formatted(index, count);
    }
    if (count > Math.max(1, total)) {
      return "%d chunks for %d entries".formatted(count, total);
    }
    if (entries == 0 && total > 0) {
      return "no data";
    }
    if (chunk.getOffset() < 0 || chunk.getOffset() > total - entries) {
      return "%d entries from offset %d are not within %d"
          .formatted(entries, chunk.getOffset(), total);
    }
    return null;
  }
}
