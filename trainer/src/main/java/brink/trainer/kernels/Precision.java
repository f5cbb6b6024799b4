package brink.trainer.kernels;

/** Rounding of the floating-point formats that kernels compute in. */
public final class Precision {
  private Precision() {}

  /**
   * The unit roundoff u of IEEE 754: the largest relative error of one rounded operation.
   *
   * @throws IllegalArgumentException if the format is not known
   */
  public static double unitRoundoff(Kernels kernels) {
    return switch (kernels.precision()) {
      case "float64" -> 0x1p-53;
      case "float32" -> 0x1p-24;
      default -> throw new IllegalArgumentException("unknown precision " + kernels.precision());
    };
  }
}
