package brink.schemas.gradient;

import brink.v1.GradientEncoding;

/** What became of a chunk, or of a gradient that had to make room for it. */
public sealed interface GradientResult {
  /** Run of the gradient. */
  String runId();

  /** Step of the gradient. */
  long step();

  /** The chunk was kept; others are still to come. */
  record Incomplete(String runId, long step, int received, int count) implements GradientResult {}

  /**
   * All chunks were there, and the checksum of the whole is right.
   *
   * @param gradient ∇L(w_step), owned by the receiver
   * @param encoding that its entries were rounded to
   */
  @SuppressWarnings("ArrayRecordComponent") // A gradient is large, and nobody compares two results.
  record Complete(String runId, long step, float[] gradient, GradientEncoding encoding)
      implements GradientResult {}

  /** The chunk, or the whole gradient, was here before; it was dropped. */
  record Duplicate(String runId, long step, int index) implements GradientResult {}

  /**
   * The chunk, or with a wrong checksum the whole gradient, is unusable; it was dropped.
   *
   * @param reason one sentence
   */
  record Corrupt(String runId, long step, String reason) implements GradientResult {}

  /**
   * The gradient was still incomplete when its memory was needed for younger ones; it was dropped.
   */
  record Evicted(String runId, long step, int received, int count) implements GradientResult {}
}
