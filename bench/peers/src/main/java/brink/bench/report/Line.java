package brink.bench.report;

import brink.bench.statistics.SampleSpread;
import org.jspecify.annotations.Nullable;

/**
 * One measured number.
 *
 * @param what in words
 * @param value its median is what counts
 * @param unit of the value
 * @param target null where the number only informs
 * @param check whether the measurement is wrong, and not just slow, when it misses its target
 */
public record Line(
    String what, SampleSpread value, Unit unit, @Nullable Target target, boolean check) {
  /** What became of the target. */
  public enum Verdict {
    /** There is no target. */
    INFORMS(""),
    /** It was met. */
    MET("met"),
    /** It was missed. */
    MISSED("missed"),
    /** A check failed: the row's other numbers mean nothing. */
    WRONG("WRONG");

    private final String word;

    Verdict(String word) {
      this.word = word;
    }

    /** As in the table. */
    public String word() {
      return word;
    }
  }

  /** A number without a target. */
  public static Line information(String what, SampleSpread value, Unit unit) {
    return new Line(what, value, unit, null, false);
  }

  /** A number with a target that a slower machine may miss. */
  public static Line measurement(String what, SampleSpread value, Unit unit, Target target) {
    return new Line(what, value, unit, target, false);
  }

  /** A difference that must not be larger than a limit, or the row is wrong. */
  public static Line agreement(String what, double difference, double limit) {
    return check(what, difference, Unit.DIFFERENCE, Target.atMost(limit));
  }

  /** A number that must meet its target, or the row is wrong. */
  public static Line check(String what, double value, Unit unit, Target target) {
    return new Line(what, SampleSpread.exactly(value), unit, target, true);
  }

  /** What became of the target. */
  public Verdict verdict() {
    if (target == null) {
      return Verdict.INFORMS;
    }
    if (target.isMetBy(value.median())) {
      return Verdict.MET;
    }
    return check ? Verdict.WRONG : Verdict.MISSED;
  }

  /** The median and, where there are several measurements, the quartiles. */
  String measured() {
    String median = unit.format(value.median());
    return value.count() == 1
        ? median
        : median + " [" + unit.format(value.low()) + " – " + unit.format(value.high()) + "]";
  }

  /** The target in words; empty where there is none. */
  String wanted() {
    return target == null ? "" : target.format(unit);
  }
}
