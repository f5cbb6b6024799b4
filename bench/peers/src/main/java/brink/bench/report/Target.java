package brink.bench.report;

/**
 * What a measurement is meant to be.
 *
 * @param relation of the measurement to the bound
 * @param bound in the unit of the measurement
 */
public record Target(Relation relation, double bound) {
  /** How a measurement relates to its bound. */
  public enum Relation {
    /** No larger than. */
    AT_MOST("≤"),
    /** No smaller than. */
    AT_LEAST("≥");

    private final String sign;

    Relation(String sign) {
      this.sign = sign;
    }
  }

  /** Met by what is no larger. */
  public static Target atMost(double bound) {
    return new Target(Relation.AT_MOST, bound);
  }

  /** Met by what is no smaller. */
  public static Target atLeast(double bound) {
    return new Target(Relation.AT_LEAST, bound);
  }

  /** Whether a value meets it; NaN does not. */
  public boolean isMetBy(double value) {
    return switch (relation) {
      case AT_MOST -> value <= bound;
      case AT_LEAST -> value >= bound;
    };
  }

  String format(Unit unit) {
    return relation.sign + " " + unit.format(bound);
  }
}
