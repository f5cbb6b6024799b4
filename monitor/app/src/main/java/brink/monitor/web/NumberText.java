package brink.monitor.web;

/** Numbers as JSON has them, the shortest that read back to the same bits. */
final class NumberText {
  /** Whole numbers up to here are doubles, and as long as their text is. */
  private static final double LARGEST_WHOLE = 1e15;

  private NumberText() {}

  /** A finite number. */
  static String of(double number) {
    return number == Math.rint(number) && Math.abs(number) < LARGEST_WHOLE
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  /** Finite numbers as an array. */
  static void append(StringBuilder out, double[] numbers) {
    out.append('[');
    for (int i = 0; i < numbers.length; i++) {
      out.append(i == 0 ? "" : ",").append(of(numbers[i]));
    }
    out.append(']');
  }
}
