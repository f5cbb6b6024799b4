package brink.trainer.descent;

/**
 * When the gradient of log-sharpness is measured directly, among the steps that measure sharpness.
 * Which steps these are follows from the settings and what was measured, never from a clock, so
 * that runs can be repeated and resumed.
 */
public sealed interface DirectCadence {
  /** Never. */
  DirectCadence NEVER = new Every(0);

  /** So that it costs a tenth of training. */
  DirectCadence AUTO = new Share(0.1);

  /** Name of {@link #AUTO} as text. */
  String AUTO_NAME = "auto";

  /** Whether it is measured at all. */
  boolean on();

  /**
   * At multiples of a number of steps.
   *
   * @param steps 0 is never
   */
  record Every(int steps) implements DirectCadence {
    public Every {
      if (steps < 0) {
        throw new IllegalArgumentException("a cadence must not be negative, found " + steps);
      }
    }

    @Override
    public boolean on() {
      return steps > 0;
    }

    @Override
    public String toString() {
      return "" + steps;
    }
  }

  /**
   * As often as a share of what training and its sharpness cost pays for, counted in gradients.
   *
   * @param share in (0, 1)
   */
  record Share(double share) implements DirectCadence {
    public Share {
      if (!(share > 0 && share < 1)) {
        throw new IllegalArgumentException("a share of training lies between 0 and 1: " + share);
      }
    }

    @Override
    public boolean on() {
      return true;
    }

    @Override
    public String toString() {
      return share == 0.1 ? AUTO_NAME : "share=" + share;
    }
  }

  /**
   * Reads a cadence.
   *
   * @param text a number of steps, or {@link #AUTO_NAME}
   * @throws IllegalArgumentException if it is neither; the message says what to write
   */
  static DirectCadence parse(String text) {
    if (text.equalsIgnoreCase(AUTO_NAME)) {
      return AUTO;
    }
    try {
      int steps = Integer.parseInt(text);
      if (steps >= 0) {
        return new Every(steps);
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "needs a number of steps, 0 for never, or auto, not '" + text + "'");
  }
}
