package brink.monitor.replay;

import brink.monitor.run.FoldSettings;
import brink.monitor.topology.ClusterView;
import brink.monitor.topology.RunObserver;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The records of one partition number in an order that a task of the monitor may take them: those
 * of {@code brink.runs}, then those of {@code brink.steps}. Verdicts do not depend on it.
 */
final class PartitionReplay implements AutoCloseable {
  private final TopologyExecutor executor;

  PartitionReplay(FoldSettings settings, RunObserver observer, ClusterView cluster) {
    this.executor = new TopologyExecutor(settings, observer, cluster);
  }

  /** Takes a record of either topic; all of brink.runs before the first of brink.steps. */
  void take(ConsumerRecord<byte[], byte[]> record) {
    executor.process(record);
  }

  /** After the last record. */
  TopologyExecutor finish() {
    executor.finish();
    return executor;
  }

  @Override
  public void close() {
    executor.close();
  }
}
