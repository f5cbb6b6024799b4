package brink.trainer.publish;

import brink.v1.GradientEncoding;

/**
 * Which gradients are published, and how.
 *
 * @param everySteps the gradients of steps that this divides; 0 publishes none
 * @param encoding number format on the wire
 */
public record GradientCadence(int everySteps, GradientEncoding encoding) {
  /**
   * Weights per step up to which every gradient is published by default: 40 kB of float32 a step,
   * some MB/s at the step rates that nets of this size reach.
   */
  private static final int SMALL = 10_000;

  /** No gradients. */
  public static final GradientCadence NONE =
      new GradientCadence(0, GradientEncoding.GRADIENT_ENCODING_F32);

  /** Every step for small nets; for large ones as many bytes per step on average. */
  public static GradientCadence defaultFor(int dimension) {
    return new GradientCadence(
        Math.max(1, Math.ceilDiv(dimension, SMALL)), GradientEncoding.GRADIENT_ENCODING_F32);
  }

  boolean isDue(long step) {
    return everySteps > 0 && step % everySteps == 0;
  }
}
