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
 * @param provenance what their reader knows of them
 * @param standardized whether the features are standardized by now
 */
public record Split(
    Dataset train, @Nullable Dataset test, Provenance provenance, boolean standardized) {
  /** As they are in a source with a test part of its own, which tells no more. */
  public Split(Dataset train, @Nullable Dataset test) {
    this(train, test, Provenance.UNKNOWN, false);
  }

  /** The same with what is known of where it comes from. */
  Split with(Provenance known) {
    return new Split(train, test, known, standardized);
  }

  /** Both parts with features that are standardized, by what the training part fits. */
  public Split standardize() {
    return Standardization.standardize(this);
  }

  /** What there is, in detail; one pass over the training rows. */
  public DataDescription description() {
    return DataDescription.of(this);
  }

  /**
   * Shuffles and cuts. With the permutation p of the seed, row p[0] and those that follow are for
   * testing, and the last ones are for training, as many as asked for.
   *
   * @throws DataException if there are fewer examples than asked for
   */
  public static Split shuffled(Dataset all, DataOptions options) {
    int[] order = permutation(all.size(), RandomStream.of("split", options.seed()));
    int testSize = options.heldOutOf(all.size(), all.name());
    int trainSize = options.trainSizeOf(all.size() - testSize, all.name());
    Dataset train = all.select(Arrays.copyOfRange(order, all.size() - trainSize, all.size()));
    Dataset test = testSize == 0 ? null : all.select(Arrays.copyOf(order, testSize));
    SplitRule rule = new SplitRule.Shuffled(options.seed(), all.size(), testSize);
    return new Split(train, test, Provenance.of(rule), false).checked();
  }

  /**
   * Two sets, of which the first examples are used, as many as asked for.
   *
   * @throws DataException if there are fewer examples than asked for
   */
  static Split separate(Dataset train, Dataset test, DataOptions options) {
    int trainSize = options.trainSizeOf(train.size(), train.name());
    int testSize = options.testSizeOf(test.size(), test.name());
    return new Split(train.first(trainSize), testSize == 0 ? null : test.first(testSize)).checked();
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
