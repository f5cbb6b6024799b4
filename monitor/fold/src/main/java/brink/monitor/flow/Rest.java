package brink.monitor.flow;

/**
 * How far measured sharpness is from rest.
 *
 * @param rate d log λ₁/dτ over the window, per unit of flow time
 * @param rateError its standard error
 * @param range largest less smallest log λ₁ in it
 * @param flowTime length of the window
 */
public record Rest(double rate, double rateError, double range, double flowTime) {
  /** Whether neither its trend nor anything else moved sharpness by more than a limit. */
  public boolean within(double limit) {
    return Math.abs(rate) * flowTime < limit && range < limit;
  }
}
