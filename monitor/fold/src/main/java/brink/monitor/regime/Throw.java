package brink.monitor.regime;

import brink.monitor.geometry.SphericalStep;
import org.jspecify.annotations.Nullable;

/**
 * How far one step is thrown.
 *
 * @param normFactor ‖w‖² over its latest low
 * @param start step at which the rise began
 * @param isCatapult whether that makes a catapult; on the sphere, where ‖w‖ is held, whether
 *     stability ratio and loss have jumped
 */
record Throw(double normFactor, long start, boolean isCatapult) {
  static Throw of(
      SphericalStep step,
      @Nullable RatioReading reading,
      Signals before,
      DetectorSettings settings) {
    NormRise rise = before.norm().with(step);
    boolean thrown =
        step.motion().onSphere()
            ? isSharp(reading, settings) && hasLossJumped(step.loss(), before, settings)
            : rise.factor() > settings.catapult().catapultNormFactor();
    return new Throw(rise.factor(), rise.start(), thrown);
  }

  private static boolean isSharp(@Nullable RatioReading reading, DetectorSettings settings) {
    return reading != null
        && reading.source().measured()
        && reading.value() >= settings.catapult().catapultRatio();
  }

  private static boolean hasLossJumped(
      @Nullable Double loss, Signals before, DetectorSettings settings) {
    return loss != null
        && before.slowLoss().known()
        && loss > settings.catapult().catapultLossFactor() * before.slowLoss().mean();
  }
}
