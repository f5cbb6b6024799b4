package brink.trainer.run;

import brink.trainer.descent.GradientDescent;
import brink.trainer.publish.Position;
import brink.trainer.publish.PublishingThread;
import brink.trainer.state.SavedState;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the newest state of a run that Kafka has caught up with, so that a run that must stop while
 * Kafka is away can leave a checkpoint: training is then ahead of what was acknowledged, by as much
 * as the producer's buffer holds, and a checkpoint of its last step would leave a gap. One more
 * state waits for its acknowledgement; both are in memory. Costs one part in a hundred of the time
 * at most. For use by the training thread.
 */
final class RecoveryPoints {
  /** Steps of this time are taken again at worst, which is less than anybody minds. */
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  /** Of the time that copying a state takes, between two of them. */
  private static final int PAUSE = 100;

  /** What the two states may take of the heap, which has other things to hold: an eighth of it. */
  private static final int SHARE = 8;

  private final PublishingThread publishing;
  private final GradientDescent descent;
  private final long steps;
  private final LongSupplier nanoTime;
  private final boolean fits;
  private @Nullable RecoveryPoint newest;
  private @Nullable Candidate candidate;
  private long due;

  /**
   * Begins with the state before the next step.
   *
   * @param steps of the run: after the last there is nothing to go on with
   * @param heap bytes that the machine gives to Java objects
   */
  RecoveryPoints(
      PublishingThread publishing,
      GradientDescent descent,
      long steps,
      long heap,
      LongSupplier nanoTime) {
    this.publishing = publishing;
    this.descent = descent;
    this.steps = steps;
    this.nanoTime = nanoTime;
    fits = descent.save().entries() * Double.BYTES * 2 <= heap / SHARE;
    due = nanoTime.getAsLong();
    onAdvanced(descent.save().number(GradientDescent.STEP));
  }

  private record Candidate(SavedState state, Future<Position> published) {}

  /** Takes a new one if it is time, between two steps. */
  void onAdvanced(long next) {
    if (!fits || next >= steps) {
      return;
    }
    long begin = nanoTime.getAsLong();
    if (begin - due < 0) {
      return;
    }
    promote();
    if (candidate == null) {
      candidate = new Candidate(descent.save().copied(), publishing.position());
    }
    long cost = nanoTime.getAsLong() - begin;
    due = begin + Math.max(INTERVAL.toNanos(), PAUSE * cost);
  }

  /** The newest; empty where the states are too large to be kept. */
  Optional<RecoveryPoint> newest() {
    promote();
    return Optional.ofNullable(newest);
  }

  private void promote() {
    if (candidate != null && candidate.published.state() == Future.State.SUCCESS) {
      Position published = candidate.published.resultNow();
      if (published.isAcknowledged()) {
        newest = new RecoveryPoint(candidate.state, published);
        candidate = null;
      }
    }
  }
}
