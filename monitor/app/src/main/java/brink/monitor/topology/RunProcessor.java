package brink.monitor.topology;

import brink.monitor.run.RunFold;
import com.google.protobuf.Message;
import java.time.Duration;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Kafka Streams' side of {@link RunTask}: a task lives from init to close, and may come again. */
final class RunProcessor implements Processor<byte[], byte[], String, Message> {
  private final RunFold fold;
  private final Duration stalledAfter;
  private final RunObserver observer;
  private final ClusterView cluster;
  private @Nullable RunTask task;

  RunProcessor(RunFold fold, Duration stalledAfter, RunObserver observer, ClusterView cluster) {
    this.fold = fold;
    this.stalledAfter = stalledAfter;
    this.observer = observer;
    this.cluster = cluster;
  }

  @Override
  public void init(ProcessorContext<String, Message> context) {
    task = new RunTask(context, fold, stalledAfter, observer, cluster);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Objects.requireNonNull(task, "process before init").process(record);
  }

  @Override
  public void close() {
    if (task != null) {
      task.release();
      task = null;
    }
  }
}
