package brink.bench.detection;

import java.util.List;

/**
 * One run of the corpus.
 *
 * @param family what it has in common with others
 * @param expected what its making implies
 * @param seed of weights and data
 * @param batches parts that the data are cut into, one of them drawn for each step; 1 is full batch
 * @param arguments of {@code brink train}, without the seed
 */
record CorpusRun(
    String family, Expectation expected, int seed, int batches, List<String> arguments) {
  /** What the making of a run implies for its label. */
  enum Expectation {
    /** It is due at the edge within its steps. */
    EDGE,
    /** It cannot come to an edge that lasts. */
    NEVER
  }

  /** Every third seed is kept from tuning. */
  boolean heldOut() {
    return seed % 3 == 0;
  }

  /** Unique, and another one when anything that the record depends on changes. */
  String name() {
    String made = batches + " " + String.join(" ", arguments);
    return "%s-%08x-%d".formatted(family, made.hashCode(), seed);
  }
}
