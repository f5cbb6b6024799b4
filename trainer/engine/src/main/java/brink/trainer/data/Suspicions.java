package brink.trainer.data;

import brink.trainer.data.DataDescription.ClassCount;
import brink.trainer.data.DataDescription.Classification;
import brink.trainer.data.DataDescription.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** What is likely wrong with data of any source, in sentences. */
final class Suspicions {
  /** As many names as a person reads. */
  private static final int NAMED = 3;

  private Suspicions() {}

  static List<String> of(Split split, Task task) {
    List<String> found = new ArrayList<>();
    if (task instanceof Classification(List<ClassCount> classes)) {
      addClasses(found, classes);
    }
    if (split.train().image() == null) {
      addConstant(found, split);
    }
    return found;
  }

  private static void addClasses(List<String> found, List<ClassCount> classes) {
    int rows = classes.stream().mapToInt(c -> c.train() + c.test()).sum();
    if (2L * classes.size() > rows) {
      found.add(
          "%d classes of %d rows: are these numbers to predict (task=regression), or is another column the target?"
              .formatted(classes.size(), rows));
      return;
    }
    add(found, classes, c -> c.train() + c.test() == 1, "occurs once", "occur once");
    add(
        found,
        classes,
        c -> c.train() + c.test() != 1 && c.train() == 0,
        "has no row to train on",
        "have no row to train on");
  }

  private static void add(
      List<String> found,
      List<ClassCount> classes,
      Predicate<ClassCount> suspect,
      String one,
      String several) {
    List<String> names =
        classes.stream().filter(suspect).map(c -> "'" + Shown.of(c.name()) + "'").toList();
    if (!names.isEmpty()) {
      found.add(
          names.size() == 1
              ? "the class %s %s".formatted(names.getFirst(), one)
              : "the classes %s %s".formatted(enumerate(names), several));
    }
  }

  private static void addConstant(List<String> found, Split split) {
    List<String> columns = split.provenance().columns();
    List<String> constant =
        IntStream.of(constant(split.train().features()))
            .mapToObj(j -> columns.isEmpty() ? "" + (j + 1) : "'" + Shown.of(columns.get(j)) + "'")
            .toList();
    if (!constant.isEmpty()) {
      found.add(
          "the %s %s never %s over the training rows"
              .formatted(
                  constant.size() == 1 ? "feature" : "features",
                  enumerate(constant),
                  constant.size() == 1 ? "varies" : "vary"));
    }
  }

  private static int[] constant(Features features) {
    double[] first = new double[features.columns()];
    double[] row = new double[features.columns()];
    boolean[] varies = new boolean[features.columns()];
    features.copyRow(0, first, 0);
    for (int i = 1; i < features.rows(); i++) {
      features.copyRow(i, row, 0);
      for (int j = 0; j < row.length; j++) {
        varies[j] |= row[j] != first[j];
      }
    }
    return IntStream.range(0, varies.length).filter(j -> !varies[j]).toArray();
  }

  /** The first names, and how many more there are. */
  static String enumerate(List<String> names) {
    if (names.size() > NAMED + 1) {
      return "%s and %,d more"
          .formatted(String.join(", ", names.subList(0, NAMED)), names.size() - NAMED);
    }
    if (names.size() < 2) {
      return String.join("", names);
    }
    return String.join(", ", names.subList(0, names.size() - 1))
        + " and "
        + Objects.requireNonNull(names.getLast());
  }
}
