package brink.trainer.kernels;

/** The floating-point format that kernels keep tensors in. */
public enum Precision {
  /** IEEE 754 binary32. */
  FLOAT32("float32", Float.BYTES, 0x1p-24),
  /** IEEE 754 binary64. */
  FLOAT64("float64", Double.BYTES, 0x1p-53);

  private final String label;
  private final int bytes;
  private final double unitRoundoff;

  Precision(String label, int bytes, double unitRoundoff) {
    this.label = label;
    this.bytes = bytes;
    this.unitRoundoff = unitRoundoff;
  }

  /** Name in messages and on command lines, for example "float64". */
  public String label() {
    return label;
  }

  /** Bytes of one number. */
  public int bytes() {
    return bytes;
  }

  /** u, the largest relative error of one rounded operation. */
  public double unitRoundoff() {
    return unitRoundoff;
  }
}
