package brink.trainer.descent;

import brink.trainer.curvature.EdgeSpectrum;
import brink.trainer.curvature.LogSharpnessGradient;
import brink.trainer.curvature.SharpnessSettings;
import brink.trainer.flow.PlaneOfMotion;

/** What a descent keeps beside its landscape, in vectors of the length of the weights. */
public final class DescentMemory {
  /** Initial, present and next weights, two gradients, two differences, and the direction θ. */
  private static final int DESCENT = 8;

  /** The scaled weights that the gradient's noise is measured at. */
  private static final int NOISE = 1;

  /** At the iterates two solutions are followed, at the midpoint one; each has a start block. */
  private static final int BLOCKS_AT_ITERATES = 3;

  private static final int BLOCKS_AT_MIDPOINTS = 2;

  /** Start and followed vectors of the layers. */
  private static final int LAYERS = 2;

  /** Displaced point, image of the Hessian, and gradient of the loss. */
  private static final int DIRECT = 3;

  /** What the flow is tested with. */
  private static final int FLOW_TEST = 4;

  private DescentMemory() {}

  /**
   * Number of vectors; a heavy ball has one more.
   *
   * @param points where sharpness is measured
   * @param direct when G² is measured directly
   * @param plane whether the motion is drawn in a plane
   * @param scaleInvariant whether the loss is, in all weights
   */
  public static long vectors(
      CurvaturePoints points,
      DirectCadence direct,
      boolean plane,
      boolean scaleInvariant,
      SharpnessSettings settings) {
    long count = scaleInvariant ? DESCENT + NOISE : DESCENT;
    if (points.atIterate() || points.atMidpoint()) {
      count += plane ? PlaneOfMotion.VECTORS : 0;
      count += 2L * settings.basisSize() + settings.basisSize() / 2 + settings.count() + LAYERS;
    }
    count += points.atIterate() ? (long) BLOCKS_AT_ITERATES * settings.count() : 0;
    count += points.atMidpoint() ? (long) BLOCKS_AT_MIDPOINTS * settings.count() : 0;
    if (!direct.on()) {
      return count;
    }
    int most = EdgeGradientMeter.mostEigenvalues(direct);
    long together = 2L * LogSharpnessGradient.pairs(most) + EdgeSpectrum.vectors(most);
    count += points.atMidpoint() ? FLOW_TEST : 0;
    return count + LogSharpnessGradient.DEFAULT_STEPS + DIRECT + together;
  }
}
