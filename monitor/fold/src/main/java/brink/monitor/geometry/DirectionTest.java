package brink.monitor.geometry;

import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;
import brink.v1.FlowTest;
import org.jspecify.annotations.Nullable;

/**
 * How the period-averaged motion on Γ went over a span of training, against what the flow predicts,
 * as the producer measured it. Rounded to single precision, which is far below its errors.
 *
 * @param flowTime Δτ of the span
 * @param cosine of the displacement and the predicted one
 * @param cosineError how far below 1 it may be on the flow, one standard error
 * @param speed along the predicted direction, rad per unit of flow time
 * @param predictedSpeed what the flow predicts for it
 * @param speedError standard error of their difference
 */
public record DirectionTest(
    double flowTime,
    double cosine,
    double cosineError,
    double speed,
    double predictedSpeed,
    double speedError) {

  /** What a step says; null where it says nothing or not all of it. */
  static @Nullable DirectionTest of(FlowTest test) {
    boolean whole =
        test.hasFlowTime()
            && test.hasCosine()
            && test.hasCosineError()
            && test.hasSpeed()
            && test.hasPredictedSpeed()
            && test.hasSpeedError();
    if (!whole) {
      return null;
    }
    DirectionTest read =
        new DirectionTest(
            (float) test.getFlowTime(),
            (float) test.getCosine(),
            (float) test.getCosineError(),
            (float) test.getSpeed(),
            (float) test.getPredictedSpeed(),
            (float) test.getSpeedError());
    return read.isUsable() ? read : null;
  }

  /** With the speed that is due where the weights decay by 1 + R times as much. */
  public DirectionTest with(RadialDecay radial) {
    return new DirectionTest(
        flowTime,
        cosine,
        cosineError,
        speed,
        (1 + radial.share()) * predictedSpeed,
        Math.hypot(speedError, radial.error() * predictedSpeed));
  }

  private boolean isUsable() {
    double sum = flowTime + cosine + cosineError + speed + predictedSpeed + speedError;
    return Double.isFinite(sum) && flowTime > 0 && cosineError >= 0 && speedError >= 0;
  }

  /** Appends its bytes, or that there is none. */
  public static void write(StateWriter out, @Nullable DirectionTest test) {
    out.putPresence(test != null);
    if (test != null) {
      out.put((float) test.flowTime).put((float) test.cosine).put((float) test.cosineError);
      out.put((float) test.speed).put((float) test.predictedSpeed).put((float) test.speedError);
    }
  }

  /** Reads its bytes. */
  public static @Nullable DirectionTest read(StateReader in) {
    return in.isPresent()
        ? new DirectionTest(
            in.getFloat(),
            in.getFloat(),
            in.getFloat(),
            in.getFloat(),
            in.getFloat(),
            in.getFloat())
        : null;
  }
}
