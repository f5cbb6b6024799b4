package brink.trainer.data;

import org.jspecify.annotations.Nullable;

/**
 * How much of the data is used, and how it is prepared.
 *
 * @param trainSize number of training examples; null for all there are
 * @param testSize number of test examples, 0 for none; null for all there are
 * @param testFraction share of the examples that is held out for testing where the source has no
 *     test set of its own and testSize is null; in [0, 1)
 * @param seed of shuffling and of synthetic data
 * @param standardize whether features are mapped to mean 0 and variance 1 over the training data
 */
public record DataOptions(
    @Nullable Integer trainSize,
    @Nullable Integer testSize,
    double testFraction,
    long seed,
    boolean standardize) {
  /** Everything there is, a fifth of it for testing, standardized. */
  public static final DataOptions DEFAULT = new DataOptions(null, null, 0.2, 0, true);

  /**
   * Checks the ranges.
   *
   * @throws DataException if a value is out of range
   */
  public DataOptions {
    if (trainSize != null && trainSize < 2) {
      throw new DataException("--train-size must be at least 2, found " + trainSize);
    }
    if (testSize != null && testSize < 0) {
      throw new DataException("--test-size must not be negative, found " + testSize);
    }
    if (!(testFraction >= 0 && testFraction < 1)) {
      throw new DataException("--test-fraction must be in [0, 1), found " + testFraction);
    }
  }

  /** The same with other sizes. */
  public DataOptions withSizes(@Nullable Integer train, @Nullable Integer test) {
    return new DataOptions(train, test, testFraction, seed, standardize);
  }

  /** The same with another seed. */
  public DataOptions withSeed(long other) {
    return new DataOptions(trainSize, testSize, testFraction, other, standardize);
  }

  /** The same with another held-out share. */
  public DataOptions withTestFraction(double other) {
    return new DataOptions(trainSize, testSize, other, seed, standardize);
  }

  /** The same with or without standardization. */
  public DataOptions withStandardize(boolean other) {
    return new DataOptions(trainSize, testSize, testFraction, seed, other);
  }

  /** How many of all examples are held out; at least one if any is asked for. */
  int heldOutOf(int all, String name) {
    if (testSize != null) {
      return testSizeOf(all, name);
    }
    return testFraction == 0 ? 0 : Math.max(1, (int) Math.round(testFraction * all));
  }

  /**
   * How many of the available training examples are used.
   *
   * @param name of the data, for messages
   * @throws DataException if more are asked for than there are
   */
  public int trainSizeOf(int available, String name) {
    return limit(trainSize, available, "--train-size", name);
  }

  /**
   * How many of the examples of a test set of its own are used.
   *
   * @param name of the data, for messages
   * @throws DataException if more are asked for than there are
   */
  public int testSizeOf(int available, String name) {
    return limit(testSize, available, "--test-size", name);
  }

  private static int limit(@Nullable Integer asked, int available, String option, String name) {
    if (asked == null) {
      return available;
    }
    if (asked > available) {
      throw new DataException(
          "%s %d asks for more examples than there are: %s has %d"
              .formatted(option, asked, name, available));
    }
    return asked;
  }
}
