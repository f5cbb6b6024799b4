package brink.schemas.gradient;

import brink.schemas.gradient.GradientResult.Complete;
import brink.schemas.gradient.GradientResult.Corrupt;
import brink.schemas.gradient.GradientResult.Duplicate;
import brink.schemas.gradient.GradientResult.Evicted;
import brink.schemas.gradient.GradientResult.Incomplete;
import brink.schemas.gradient.PartialGradient.Signature;
import brink.v1.GradientChunk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Puts gradients together from chunks of many runs and steps, in any order. This is what a consumer
 * of {@code brink.gradients} uses; the monitor itself does, to hold gradients against their steps.
 * Memory is bounded: of gradients that stay incomplete, the one begun first is given up when a
 * limit is reached. Not safe for use by several threads.
 */
public final class GradientAssembler {
  /** How many finished gradients are remembered, so that a late repetition is known as one. */
  private static final int REMEMBERED = 1024;

  private final int maxIncomplete;
  private final long maxBytes;
  private final Map<Signature, PartialGradient> incomplete = new LinkedHashMap<>();
  private final Set<Signature> finished = new LinkedHashSet<>();
  private long bytes;

  /**
   * An assembler with its limits.
   *
   * @param maxIncomplete most gradients under way at once, at least 1
   * @param maxBytes most memory for chunks, and for a gradient's encoded entries, bytes
   */
  public GradientAssembler(int maxIncomplete, long maxBytes) {
    if (maxIncomplete < 1 || maxBytes < 1) {
      throw new IllegalArgumentException(
          "at least one gradient and one byte, not %d and %d".formatted(maxIncomplete, maxBytes));
    }
    this.maxIncomplete = maxIncomplete;
    this.maxBytes = maxBytes;
  }

  /**
   * Takes a chunk; gives what became of it, after any gradients that were given up to make room for
   * it.
   */
  public List<GradientResult> accept(GradientChunk chunk) {
    String fault = ChunkCheck.fault(chunk, maxBytes);
    if (fault != null) {
      return List.of(corrupt(chunk, "chunk %d: %s".formatted(chunk.getIndex(), fault)));
    }
    Signature signature = Signature.of(chunk);
    if (finished.contains(signature)) {
      return List.of(duplicate(chunk));
    }
    PartialGradient known = incomplete.get(signature);
    if (known != null && known.holds(chunk.getIndex())) {
      return List.of(known.agrees(chunk) ? duplicate(chunk) : contradiction(chunk));
    }
    if (known != null && known.wouldOverflow(chunk)) {
      drop(signature);
      return List.of(
          corrupt(chunk, "the chunks hold more entries than the gradient's " + chunk.getTotal()));
    }
    List<GradientResult> results = makeRoom(signature, PartialGradient.cost(chunk));
    results.add(add(signature, chunk));
    return results;
  }

  /** Number of gradients under way. */
  public int incompleteCount() {
    return incomplete.size();
  }

  /** Memory held for chunks, bytes; never more than the limit. */
  public long bytes() {
    return bytes;
  }

  private GradientResult add(Signature signature, GradientChunk chunk) {
    PartialGradient gradient =
        incomplete.computeIfAbsent(
            signature,
            s -> new PartialGradient(s, Objects.requireNonNull(Encoding.of(s.encoding()))));
    gradient.add(chunk);
    bytes += PartialGradient.cost(chunk);
    if (!gradient.hasAllChunks()) {
      return new Incomplete(
          signature.runId(), signature.step(), gradient.received(), signature.count());
    }
    drop(signature);
    String fault = gradient.fault();
    if (fault != null) {
      // Not remembered as finished: the producer may send the whole again.
      return corrupt(chunk, fault);
    }
    remember(signature);
    return new Complete(
        signature.runId(), signature.step(), gradient.decode(), signature.encoding());
  }

  private List<GradientResult> makeRoom(Signature arriving, long cost) {
    List<GradientResult> evicted = new ArrayList<>();
    while (bytes + cost > maxBytes || isFullFor(arriving)) {
      Signature oldest = oldestOtherThan(arriving);
      PartialGradient lost = drop(oldest);
      evicted.add(new Evicted(oldest.runId(), oldest.step(), lost.received(), oldest.count()));
    }
    return evicted;
  }

  /** There is one whenever room is needed, because a single gradient never exceeds the limits. */
  private Signature oldestOtherThan(Signature arriving) {
    return incomplete.keySet().stream()
        .filter(signature -> !signature.equals(arriving))
        .findFirst()
        .orElseThrow();
  }

  private boolean isFullFor(Signature arriving) {
    return incomplete.size() >= maxIncomplete && !incomplete.containsKey(arriving);
  }

  private PartialGradient drop(Signature signature) {
    PartialGradient dropped = Objects.requireNonNull(incomplete.remove(signature));
    bytes -= dropped.bytes();
    return dropped;
  }

  private void remember(Signature signature) {
    finished.add(signature);
    if (finished.size() > REMEMBERED) {
      finished.remove(finished.iterator().next());
    }
  }

  private static GradientResult duplicate(GradientChunk chunk) {
    return new Duplicate(chunk.getRunId(), chunk.getStep(), chunk.getIndex());
  }

  private static GradientResult contradiction(GradientChunk chunk) {
    return corrupt(chunk, "chunk %d came twice with different content".formatted(chunk.getIndex()));
  }

  private static GradientResult corrupt(GradientChunk chunk, String reason) {
    return new Corrupt(chunk.getRunId(), chunk.getStep(), reason);
  }
}
