package brink.monitor.topology;

import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;

/** What the topology asks of Kafka beside the records that it is given. */
public interface ClusterView {
  /** Every partition is read to its end, and no start is known: for a replay. */
  ClusterView ALL_READ =
      new ClusterView() {
        @Override
        public CompletableFuture<Reach> look(TopicPartition partition, long position) {
          return CompletableFuture.completedFuture(new Reach(0, true));
        }

        @Override
        public OptionalInt partitionOfStart(String runId) {
          return OptionalInt.empty();
        }

        @Override
        public void reportScattered(String runId, int partition) {}

        @Override
        public OptionalInt scattered(String runId) {
          return OptionalInt.empty();
        }
      };

  /**
   * How far a partition reaches.
   *
   * @param end offset after its last record
   * @param nothingUnread whether no record lies between the position and that end
   */
  record Reach(long end, boolean nothingUnread) {
    /** Whether all that was there has been read by one who is at this position. */
    boolean isReadAt(long position) {
      return nothingUnread || position >= end;
    }
  }

  /**
   * Looks how far a partition reaches now, without holding up the caller. The future fails where
   * Kafka does not answer.
   *
   * @param position offset up to which the caller has read; −1 for what its group has committed
   */
  CompletableFuture<Reach> look(TopicPartition partition, long position);

  /**
   * Partition that a task works on.
   *
   * @param number of the partition as Kafka Streams gives it
   */
  default int partition(int number) {
    return number;
  }

  /** Partition of {@code brink.runs} that has the run's start; empty where none is known. */
  OptionalInt partitionOfStart(String runId);

  /** Steps of the run lie in this partition of {@code brink.steps}, where its start is not. */
  void reportScattered(String runId, int partition);

  /** A partition that was reported for the run; empty if none was. */
  OptionalInt scattered(String runId);
}
