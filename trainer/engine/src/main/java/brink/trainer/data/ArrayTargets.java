package brink.trainer.data;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an array of targets means: integers and truth values are classes, other numbers are numbers
 * to predict. Whole numbers of a floating-point type are classes if they count up from 0 or 1.
 *
 * @param targets of the array
 * @param warnings what a person should know of it, a sentence each
 */
record ArrayTargets(Targets targets, List<String> warnings) {
  /**
   * Reads targets.
   *
   * @param y one number for each row
   * @param task classification or regression; null to tell it
   * @throws DataException if they are no classes where they have to be
   */
  static ArrayTargets of(NpyArray y, @Nullable String task) {
    if ("regression".equals(task)) {
      return new ArrayTargets(new Targets.Values(y.values()), List.of());
    }
    boolean real = y.kind() == NpyType.Kind.REAL;
    if (task != null || !real) {
      return new ArrayTargets(classes(y), List.of());
    }
    if (!Arrays.stream(y.values()).allMatch(CellNumber::isWhole)) {
      return new ArrayTargets(new Targets.Values(y.values()), List.of());
    }
    return countsUp(y.values())
        ? new ArrayTargets(
            classes(y),
            List.of(
                "the targets are whole floating-point numbers that count up, and read as classes;"
                    + " task=regression reads them as numbers"))
        : new ArrayTargets(
            new Targets.Values(y.values()),
            List.of(
                "the targets are whole floating-point numbers, and read as numbers;"
                    + " task=classification reads them as classes"));
  }

  /**
   * Further targets, of the same classes.
   *
   * @throws DataException if one of them is none of these classes
   */
  Targets same(NpyArray y) {
    if (!(targets instanceof Targets.Classes(int[] _, int count))) {
      return new Targets.Values(y.values());
    }
    int[] labels = new int[y.rows()];
    for (int i = 0; i < labels.length; i++) {
      double value = y.values()[i];
      if (value < 0 || value >= count || value != Math.rint(value)) {
        throw new DataException(
            "%s: entry %d is %s, expected a class of the training rows, 0 to %d"
                .formatted(y.name(), i, number(value), count - 1));
      }
      labels[i] = (int) value;
    }
    return new Targets.Classes(labels, count);
  }

  /** Whether they are all of 0 … k − 1 or of 1 … k, with two rows for each on average. */
  private static boolean countsUp(double[] values) {
    double[] distinct = Arrays.stream(values).distinct().sorted().toArray();
    double first = distinct[0];
    return (first == 0 || first == 1)
        && distinct.length > 1
        && 2L * distinct.length <= values.length
        && distinct[distinct.length - 1] == first + distinct.length - 1;
  }

  private static Targets.Classes classes(NpyArray y) {
    int[] labels = new int[y.rows()];
    int count = 0;
    for (int i = 0; i < labels.length; i++) {
      double value = y.values()[i];
      // More classes than examples would be a mistake, and a wasted output layer.
      if (value < 0 || value >= labels.length || value != Math.rint(value)) {
        throw new DataException(
            "%s: entry %d is %s, expected a class from 0 to fewer than the %d rows; numbers to predict are told by task=regression, classes numbered anew by numpy.unique(y, return_inverse=True)[1]"
                .formatted(y.name(), i, number(value), labels.length));
      }
      labels[i] = (int) value;
      count = Math.max(count, labels[i] + 1);
    }
    return new Targets.Classes(labels, count);
  }

  private static String number(double value) {
    return CellNumber.isWhole(value) ? "%.0f".formatted(value) : Double.toString(value);
  }
}
