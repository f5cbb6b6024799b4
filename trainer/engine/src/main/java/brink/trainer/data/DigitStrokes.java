package brink.trainer.data;

import java.util.Arrays;
import java.util.List;

/**
 * The ten digits as strokes of a pen: smooth curves through a few points, in hundredths of the unit
 * square, y downwards. A corner ends one stroke and begins the next.
 */
final class DigitStrokes {
  private static final List<List<double[]>> DIGITS =
      List.of(
          digit("50,10 30,20 22,50 30,80 50,90 70,80 78,50 70,20 50,10"),
          digit("33,28 53,10", "53,10 53,90"),
          digit("24,30 32,15 50,10 68,16 74,32 66,50 45,70 24,90", "24,90 78,90"),
          digit("25,20 45,10 66,16 70,31 62,44 45,49", "45,49 66,54 75,70 66,86 45,91 24,82"),
          digit("62,10 20,64", "20,64 82,64", "62,10 62,90"),
          digit("72,11 32,11", "32,11 28,48", "28,48 46,42 66,48 75,66 66,84 45,91 25,84"),
          digit("66,12 44,24 30,46 25,68 34,86 52,90 70,82 74,66 66,52 50,48 34,54 26,68"),
          digit("22,11 78,11", "78,11 60,45 44,90"),
          digit(
              "50,48 32,38 28,24 36,13 50,10 64,13 72,24 68,38 50,48",
              "50,48 32,58 24,73 33,87 50,91 67,87 76,73 68,58 50,48"),
          digit("74,32 66,46 50,52 34,48 26,34 30,18 48,10 66,14 74,32", "74,32 72,60 60,90"));

  /** How many there are. */
  static final int COUNT = DIGITS.size();

  private DigitStrokes() {}

  /**
   * The strokes of a digit, each as x₀, y₀, x₁, y₁, …; not to be modified.
   *
   * @param digit 0 to 9
   */
  static List<double[]> of(int digit) {
    return DIGITS.get(digit);
  }

  private static List<double[]> digit(String... strokes) {
    return Arrays.stream(strokes).map(DigitStrokes::points).toList();
  }

  private static double[] points(String stroke) {
    return Arrays.stream(stroke.split("[ ,]"))
        .mapToDouble(x -> Integer.parseInt(x) / 100.0)
        .toArray();
  }
}
