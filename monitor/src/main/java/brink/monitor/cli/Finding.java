package brink.monitor.cli;

/** One line of the doctor's report. */
record Finding(Severity severity, String subject, String text) {
  enum Severity {
    OK,
    WARN,
    FAIL
  }

  static Finding ok(String subject, String text) {
    return new Finding(Severity.OK, subject, text);
  }

  static Finding warn(String subject, String text) {
    return new Finding(Severity.WARN, subject, text);
  }

  static Finding fail(String subject, String text) {
    return new Finding(Severity.FAIL, subject, text);
  }

  @Override
  public String toString() {
    return "%-4s  %-16s  %s".formatted(severity, subject, text);
  }
}
