package brink.trainer.data;

import brink.trainer.data.DataDescription.ClassCount;
import brink.trainer.data.DataDescription.Classification;
import brink.trainer.data.DataDescription.Regression;
import brink.trainer.data.DataDescription.Task;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How often each class occurs. */
final class ClassCounts {
  private ClassCounts() {}

  static Task task(Split split) {
    if (!(split.train().targets() instanceof Targets.Classes(int[] labels, int count))) {
      return new Regression(1);
    }
    List<String> names = split.provenance().classes();
    int[] train = counts(labels, count);
    int[] test = counts(testLabels(split.test()), count);
    return new Classification(
        IntStream.range(0, count)
            .mapToObj(
                k -> new ClassCount(names.isEmpty() ? "" + k : names.get(k), train[k], test[k]))
            .toList());
  }

  private static int[] testLabels(@Nullable Dataset test) {
    return test != null && test.targets() instanceof Targets.Classes(int[] labels, int _)
        ? labels
        : new int[0];
  }

  private static int[] counts(int[] labels, int count) {
    int[] counts = new int[count];
    for (int label : labels) {
      counts[label]++;
    }
    return counts;
  }
}
