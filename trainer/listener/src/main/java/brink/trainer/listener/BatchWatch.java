package brink.trainer.listener;

import org.jspecify.annotations.Nullable;

/**
 * Whether the steps of a training are of minibatches, as far as a listener can know: it sees sizes
 * of batches, and where an epoch begins and ends if the data come from an iterator. Data that the
 * program cuts into batches of one size itself, by one call for each, cannot be told from steps
 * that are all of the same data.
 */
final class BatchWatch {
  private final @Nullable Long trainSize;
  private boolean epoch;
  private long ofEpoch;
  private int first;
  private boolean told;

  /**
   * @param trainSize number of training examples; null if unknown
   */
  BatchWatch(@Nullable Long trainSize) {
    this.trainSize = trainSize;
  }

  void beginEpoch() {
    epoch = true;
    ofEpoch = 0;
  }

  void endEpoch() {
    epoch = false;
  }

  /**
   * Takes notice of a step.
   *
   * @param size of its batch
   * @return how it shows that steps are of minibatches; null if it does not, or did before
   */
  @Nullable String step(int size) {
    ofEpoch++;
    if (first == 0) {
      first = size;
    }
    String sign = told ? null : sign(size);
    told |= sign != null;
    return sign;
  }

  private @Nullable String sign(int size) {
    if (trainSize != null && size < trainSize) {
      return "a batch has %d of %d examples".formatted(size, trainSize);
    }
    if (epoch && ofEpoch > 1) {
      return "an epoch has several";
    }
    return size == first ? null : "one has %d examples, another %d".formatted(first, size);
  }
}
