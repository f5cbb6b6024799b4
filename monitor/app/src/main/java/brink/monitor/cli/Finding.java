package brink.monitor.cli;

import brink.monitor.text.Printable;

/** One line of the doctor's report. */
public record Finding(Severity severity, String subject, String text) {
  /** How bad it is. */
  public enum Severity {
    OK,
    WARN,
    FAIL
  }

  /** All is well. */
  public static Finding ok(String subject, String text) {
    return new Finding(Severity.OK, subject, text);
  }

  /** Something is amiss that most can do without. */
  public static Finding warn(String subject, String text) {
    return new Finding(Severity.WARN, subject, text);
  }

  /** Something does not work. */
  public static Finding fail(String subject, String text) {
    return new Finding(Severity.FAIL, subject, text);
  }

  @Override
  public String toString() {
    return "%-4s  %-16s  %s".formatted(severity, subject, Printable.of(text));
  }
}
