package brink.monitor.regime;

import brink.monitor.geometry.SphericalStep;
import org.jspecify.annotations.Nullable;

/**
 * How far one step is thrown from the averages before it.
 *
 * @param normFactor ‖w‖² over its slow average; 1 before any
 * @param isCatapult whether norm, or stability ratio and loss, have jumped
 */
record Throw(double normFactor, boolean isCatapult) {
  static Throw of(
      SphericalStep step,
      @Nullable RatioReading reading,
      Signals before,
      DetectorSettings settings) {
    double rise = StrictMath.log(step.weightNormSquared()) - before.slowLogNorm().mean();
    double factor = before.slowLogNorm().known() ? StrictMath.exp(rise) : 1;
    boolean sharp =
        reading != null
            && reading.source().measured()
            && reading.value() >= settings.catapultRatio();
    boolean lossy = hasLossJumped(step.loss(), before, settings);
    return new Throw(factor, factor > settings.catapultNormFactor() || (sharp && lossy));
  }

  private static boolean hasLossJumped(
      @Nullable Double loss, Signals before, DetectorSettings settings) {
    return loss != null
        && before.slowLoss().known()
        && loss > settings.catapultLossFactor() * before.slowLoss().mean();
  }
}
