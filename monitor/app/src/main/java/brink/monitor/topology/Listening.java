package brink.monitor.topology;

import brink.monitor.topology.ClusterView.Reach;
import brink.schemas.Topic;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * For how long a task has listened: the wall-clock time during which it had demonstrably read its
 * partitions to their ends. Time in which this process was suspended, was behind, or had no answer
 * from Kafka does not count, and neither does a jump of the clock.
 *
 * <p>Now and then it looks how far the partitions reach. Once the task has read that far, it has
 * heard everything that was sent before the look.
 */
final class Listening {
  private final ClusterView cluster;
  private final TopicPartition runs;
  private final TopicPartition steps;
  private final long longestGap;
  private long runsPosition = -1;
  private long stepsPosition = -1;
  private long listened;
  private @Nullable Long confirmed;
  private @Nullable Look look;

  /**
   * For a task that has read nothing yet.
   *
   * @param longestGap between two looks; what is longer was no listening
   */
  Listening(ClusterView cluster, int partition, Duration longestGap) {
    this.cluster = cluster;
    this.runs = new TopicPartition(Topic.RUNS.topicName(), partition);
    this.steps = new TopicPartition(Topic.STEPS.topicName(), partition);
    this.longestGap = longestGap.toMillis();
  }

  /** Takes note of a record that was processed. */
  void read(String topic, long offset) {
    if (topic.equals(steps.topic())) {
      stepsPosition = offset + 1;
    } else {
      runsPosition = offset + 1;
    }
  }

  /** Milliseconds up to the last look that is confirmed. */
  long listened() {
    return listened;
  }

  /** Whether a look is under way or has not been confirmed. */
  boolean isLooking() {
    return look != null;
  }

  /** Looks how far the partitions reach. */
  void look(long now) {
    look = new Look(now, reach(runs, runsPosition), reach(steps, stepsPosition));
  }

  /**
   * Whether everything has been heard that was sent before the last look. Says so once for each.
   */
  boolean confirm() {
    Look present = look;
    if (present == null || !present.isAnswered()) {
      return false;
    }
    if (present.hasFailed()) {
      look = null;
      confirmed = null;
      return false;
    }
    if (present.isReadAt(runsPosition, stepsPosition)) {
      advanceTo(present.begun());
      look = null;
      return true;
    }
    look = present.again(this::reach, runsPosition, stepsPosition);
    return false;
  }

  private void advanceTo(long begun) {
    if (confirmed != null) {
      long gap = begun - confirmed;
      listened += gap >= 0 && gap <= longestGap ? gap : 0;
    }
    confirmed = begun;
  }

  private Question reach(TopicPartition partition, long position) {
    return new Question(partition, position, cluster.look(partition, position));
  }

  private Question reach(Question open) {
    return reach(open.partition(), open.position());
  }

  /** One partition's part of a look. */
  private record Question(
      TopicPartition partition, long position, CompletableFuture<Reach> answer) {
    boolean isReadAt(long present) {
      return answer.join().isReadAt(present);
    }

    // Markers of transactions take offsets that are never handed over: a task that came no further
    // has to ask whether anything is left for it.
    Question again(Function<Question, Question> ask, long present) {
      if (isReadAt(present)) {
        return this;
      }
      return present == position ? ask.apply(this) : new Question(partition, present, answer);
    }
  }

  private record Look(long begun, Question runs, Question steps) {
    boolean isAnswered() {
      return runs.answer().isDone() && steps.answer().isDone();
    }

    boolean hasFailed() {
      return runs.answer().isCompletedExceptionally() || steps.answer().isCompletedExceptionally();
    }

    boolean isReadAt(long runsPosition, long stepsPosition) {
      return runs.isReadAt(runsPosition) && steps.isReadAt(stepsPosition);
    }

    Look again(Function<Question, Question> ask, long runsPosition, long stepsPosition) {
      return new Look(begun, runs.again(ask, runsPosition), steps.again(ask, stepsPosition));
    }
  }
}
