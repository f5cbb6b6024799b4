package brink.monitor.replay;

import brink.monitor.run.FoldSettings;
import brink.monitor.topology.EventOrder;
import brink.monitor.topology.RunObserver;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The records of one partition number in the order in which a task of the monitor takes them: by
 * offset within each topic, and across the two topics whichever head is older.
 */
final class PartitionReplay implements AutoCloseable {
  private final Deque<ConsumerRecord<byte[], byte[]>> life = new ArrayDeque<>();
  private final TopologyExecutor executor;

  PartitionReplay(FoldSettings settings, RunObserver observer) {
    this.executor = new TopologyExecutor(settings, observer);
  }

  /** Takes a record of brink.runs; all of them before the first step. */
  void addLife(ConsumerRecord<byte[], byte[]> record) {
    life.add(record);
  }

  /** Takes the next record of brink.steps. */
  void step(ConsumerRecord<byte[], byte[]> record) {
    while (!life.isEmpty() && orderOf(life.element()) <= record.timestamp()) {
      executor.process(life.remove());
    }
    executor.process(record);
  }

  /** Takes what is left. */
  TopologyExecutor finish() {
    while (!life.isEmpty()) {
      executor.process(life.remove());
    }
    executor.finish();
    return executor;
  }

  @Override
  public void close() {
    executor.close();
  }

  private static long orderOf(ConsumerRecord<byte[], byte[]> record) {
    return EventOrder.order(record.value(), record.timestamp());
  }
}
