package brink.trainer.publish;

import org.jspecify.annotations.Nullable;

/**
 * Gradients that Kafka did not take. They are no reason to end a run: steps say what it did, and
 * the monitor does without gradients. Told of losses by any thread, asked by one.
 */
final class LostGradients {
  private long count;
  private long last = -1;
  private @Nullable String unsaid;

  /** A chunk of a step's gradient was lost; a step counts once. */
  synchronized void add(long step, Exception reason) {
    if (step == last) {
      return;
    }
    last = step;
    count++;
    if (count == 1) {
      unsaid =
          "Kafka did not take the gradient of step %d (%s); training goes on without it, ./brink doctor checks the topics"
              .formatted(step, reason.getMessage());
    }
  }

  /** What is to be said of the first loss; null if there is none or it was said. */
  synchronized @Nullable String takeNote() {
    String note = unsaid;
    unsaid = null;
    return note;
  }

  /** How many steps are without their gradient in Kafka, though it was to be published. */
  synchronized long count() {
    return count;
  }
}
