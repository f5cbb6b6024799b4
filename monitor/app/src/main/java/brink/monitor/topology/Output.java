package brink.monitor.topology;

import brink.monitor.log.LimitedLog;
import brink.monitor.run.Outcome;
import brink.monitor.run.Rejection;
import brink.monitor.run.RunState;
import brink.monitor.text.Excerpt;
import brink.v1.FlowFitted;
import brink.v1.RegimeChanged;
import brink.v1.Rejected;
import brink.v1.RejectionReason;
import com.google.protobuf.Message;
import java.time.Duration;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Writes what one record gave, under the run's key and with the record's time.
 *
 * @param setbacks rejections that Kafka refused before
 * @param origin the record
 * @param time that its outputs get, milliseconds
 */
record Output(
    ProcessorContext<String, Message> context,
    RunObserver observer,
    Setbacks setbacks,
    Origin origin,
    long time) {
  private static final LimitedLog LOG = new LimitedLog(LoggerFactory.getLogger(Output.class));

  /** The year 2001; seconds that pose as milliseconds lie in January 1970. */
  private static final long EARLIEST = 1_000_000_000_000L;

  /**
   * The time that an output gets: the record's own, unless it is so far off that retention would
   * delete the output, or keep it for years.
   *
   * @param time the record's, milliseconds
   * @param now wall clock, milliseconds
   */
  static long plausible(long time, long now) {
    return time < EARLIEST || time > now + Duration.ofDays(1).toMillis() ? now : time;
  }

  void write(Outcome outcome, String runId, @Nullable Long step) {
    outcome.changes().forEach(this::write);
    for (FlowFitted fit : outcome.fits()) {
      write(context, observer, fit, time);
    }
    for (Rejection rejection : outcome.rejections()) {
      reject(rejection.reason(), rejection.detail(), runId, step);
    }
  }

  void write(RegimeChanged change) {
    write(context, observer, change, time);
  }

  static void write(
      ProcessorContext<String, Message> context, RunObserver observer, FlowFitted fit, long time) {
    context.forward(new Record<>(fit.getRunId(), fit, time), MonitorTopology.FLOW);
    observer.onFlowFitted(fit);
  }

  static void write(
      ProcessorContext<String, Message> context,
      RunObserver observer,
      RegimeChanged change,
      long time) {
    context.forward(new Record<>(change.getRunId(), change, time), MonitorTopology.REGIMES);
    observer.onRegimeChanged(change);
  }

  void reject(RejectionReason reason, String detail, String runId, @Nullable Long step) {
    Rejected whole = origin.rejected(reason, detail, runId, step);
    Rejected rejected = setbacks.acceptable(whole);
    String key = whole.getRunId().isEmpty() ? whole.getKey().toStringUtf8() : whole.getRunId();
    context.forward(new Record<>(key, rejected, time), MonitorTopology.REJECTED);
    observer.onRejected(rejected);
  }

  void unknownRun(String runId, @Nullable Long step) {
    reject(
        RejectionReason.REJECTION_REASON_UNKNOWN_RUN,
        "no RunStarted was seen for run %s; publish it to brink.runs, and wait for the acknowledgement, before the first step"
            .formatted(runId),
        runId,
        step);
  }

  void misplaced(String runId, @Nullable Long step, int partitionOfStart) {
    reject(
        RejectionReason.REJECTION_REASON_WRONG_PARTITION,
        "run %s: this step is in partition %d of brink.steps and the run's start in partition %d of brink.runs; send both with the run id as key and one partitioner, such as Kafka's default (murmur2_random in librdkafka)"
            .formatted(runId, origin.at().partition(), partitionOfStart),
        runId,
        step);
  }

  void scattered(String runId, @Nullable Long step, int otherPartition) {
    reject(
        RejectionReason.REJECTION_REASON_WRONG_PARTITION,
        "run %s: its steps lie in partitions %d and %d of brink.steps, and so are in no order that could be judged; send all with the run id as key and one partitioner, such as Kafka's default (murmur2_random in librdkafka)"
            .formatted(runId, origin.at().partition(), otherPartition),
        runId,
        step);
  }

  void noRoom(String runId, @Nullable Long step) {
    reject(
        RejectionReason.REJECTION_REASON_UNKNOWN_RUN,
        "no RunStarted was seen for run %s, and more steps wait for their runs' starts than there is room for; publish the start to brink.runs, and wait for the acknowledgement, before the first step"
            .formatted(runId),
        runId,
        step);
  }

  /** A fault of the monitor: this record is set aside so that all others go on. */
  void failed(String runId, @Nullable Long step, RuntimeException fault) {
    LOG.error(
        "records on which the monitor failed",
        () ->
            "run %s, step %s: the monitor failed on %s; the record goes to brink.rejected"
                .formatted(Excerpt.of(runId, RunState.MAX_RUN_ID_BYTES), step, origin),
        fault);
    reject(RejectionReason.REJECTION_REASON_MONITOR_FAILED, monitorFailed(fault), runId, step);
  }

  static String monitorFailed(Exception fault) {
    return "the monitor failed on this record (%s); report it together with the record"
        .formatted(fault);
  }
}
