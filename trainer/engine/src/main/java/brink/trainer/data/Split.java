package brink.trainer.data;

import brink.trainer.random.RandomStream;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Training data and, where there is any, test data with the same number of features.
 *
 * @param test null if there is none
 */
public record Split(Dataset train, @Nullable Dataset test) {
  /**
   * Shuffles and cuts: the test part is taken first, and both are then limited to the asked sizes.
   *
   * @throws DataException if there are fewer examples than asked for
   */
  public static Split shuffled(Dataset all, DataOptions options) {
    int[] order = permutation(all.size(), RandomStream.of("split", options.seed()));
    int testSize = options.heldOutOf(all.size(), all.name());
    int trainSize = options.trainSizeOf(all.size() - testSize, all.name());
    Dataset train = all.select(Arrays.copyOfRange(order, all.size() - trainSize, all.size()));
    Dataset test = testSize == 0 ? null : all.select(Arrays.copyOf(order, testSize));
    return new Split(train, test).checked();
  }

  /**
   * Refuses what no network can be trained on.
   *
   * @throws DataException if the training part has fewer than two examples or a single class
   */
  Split checked() {
    if (train.size() < 2) {
      throw new DataException(
          "%s: expected at least 2 training examples, found %d"
              .formatted(train.name(), train.size()));
    }
    if (train.targets() instanceof Targets.Classes(int[] labels, int count)
        && Arrays.stream(labels).allMatch(label -> label == labels[0])) {
      throw new DataException(
          "%s: all %d training examples belong to one of the %d classes, expected two or more"
              .formatted(train.name(), labels.length, count));
    }
    return this;
  }

  /**
   * Fisher–Yates on 0 … n − 1; {@link Random} because its sequence is part of its specification.
   */
  static int[] permutation(int n, Random random) {
    int[] order = IntStream.range(0, n).toArray();
    for (int i = n - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }
}
