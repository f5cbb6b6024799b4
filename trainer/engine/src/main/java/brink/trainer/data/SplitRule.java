package brink.trainer.data;

/** How the examples for training and for testing were told apart. */
public sealed interface SplitRule {
  /**
   * One set was shuffled and cut ({@link Split#shuffled}): of the permutation that the seed gives,
   * the first heldOut rows are for testing, and the last ones for training.
   *
   * @param seed of the permutation
   * @param rows of the whole set
   * @param heldOut for testing
   */
  record Shuffled(long seed, int rows, int heldOut) implements SplitRule {}

  /** The source has a part for testing of its own, as files or in its only file. */
  record Separate() implements SplitRule {}

  /**
   * Both were drawn at random, first those for training.
   *
   * @param seed of the drawing
   */
  record Drawn(long seed) implements SplitRule {}
}
