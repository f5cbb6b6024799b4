package brink.monitor.text;

/** What the part of the gradient along the weights does to weight decay, for people. */
public final class RadialSentence {
  private static final double PER_CENT = 100;

  private RadialSentence() {}

  /**
   * For example {@code adds 4.9 ± 0.1 % to weight decay}, with the digits that {@link Uncertain}
   * gives.
   *
   * @param share R, of weight decay
   * @param error its standard error
   */
  public static String of(double share, double error) {
    String size = Uncertain.text(PER_CENT * Math.abs(share), PER_CENT * error) + " %";
    return share < 0 ? "takes " + size + " from weight decay" : "adds " + size + " to weight decay";
  }
}
