package brink.monitor.catalogue;

import brink.monitor.outcome.RunOutcome;
import brink.monitor.run.RunFold;
import brink.v1.FlowFitted;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.RunEnded;
import brink.v1.RunNote;
import brink.v1.RunStarted;
import com.google.protobuf.MessageLite;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Kafka knows of a run, its texts and lists cut to a length that {@link Brief} bounds.
 *
 * @param runId its id
 * @param started null where the record was lost or has not been read yet
 * @param ended null while the run goes on
 * @param changes regime changes in the order of the topic
 * @param flow the last state of its flow; null before the first
 * @param outcome what became of it at the edge, from all changes and fits
 * @param lastStep highest step that any of these records, or the monitor, named; null for none
 * @param updatedAt time of the newest of these records
 * @param note what people wrote about it; null for nothing
 */
public record RunEntry(
    String runId,
    @Nullable RunStarted started,
    @Nullable RunEnded ended,
    List<RegimeChanged> changes,
    @Nullable FlowFitted flow,
    RunOutcome outcome,
    @Nullable Long lastStep,
    Instant updatedAt,
    @Nullable RunNote note) {
  public RunEntry {
    changes = List.copyOf(changes);
  }

  /** A run that nobody wrote about. */
  public RunEntry(
      String runId,
      @Nullable RunStarted started,
      @Nullable RunEnded ended,
      List<RegimeChanged> changes,
      @Nullable FlowFitted flow,
      RunOutcome outcome,
      @Nullable Long lastStep,
      Instant updatedAt) {
    this(runId, started, ended, changes, flow, outcome, lastStep, updatedAt, null);
  }

  static RunEntry unseen(String runId) {
    return new RunEntry(runId, null, null, List.of(), null, RunOutcome.NONE, null, Instant.EPOCH);
  }

  /**
   * The present regime: that of the last change, STARTING before any; UNSPECIFIED where a newer
   * monitor named one that is not known here.
   */
  public Regime regime() {
    if (changes.isEmpty()) {
      return Regime.REGIME_STARTING;
    }
    Regime last = changes.getLast().getTo();
    return last == Regime.UNRECOGNIZED ? Regime.REGIME_UNSPECIFIED : last;
  }

  /** The name that people gave it, else the producer's; empty for neither. */
  public String name() {
    if (note != null && !note.getName().isEmpty()) {
      return note.getName();
    }
    return started == null ? "" : started.getName();
  }

  /** Whether people put it away. */
  public boolean isArchived() {
    return note != null && note.getArchived();
  }

  /** Whether people deleted it. */
  boolean isDeleted() {
    return note != null && note.getDeleted();
  }

  /** How the run is doing, in one word. */
  public Status status() {
    if (ended != null) {
      return switch (ended.getStatus()) {
        case RUN_STATUS_COMPLETED -> Status.COMPLETED;
        case RUN_STATUS_STOPPED -> Status.STOPPED;
        case RUN_STATUS_DIVERGED -> Status.DIVERGED;
        case RUN_STATUS_FAILED, RUN_STATUS_UNSPECIFIED, UNRECOGNIZED -> Status.FAILED;
      };
    }
    return regime() == Regime.REGIME_STALLED ? Status.SILENT : Status.RUNNING;
  }

  /** Whether it is over, or silent, and was heard of since a time. */
  boolean isQuietSince(Instant time) {
    return status() != Status.RUNNING && !updatedAt.isBefore(time);
  }

  /** How a run is doing. */
  public enum Status {
    RUNNING,
    /** It has not ended, and no event came in time: killed, stuck or cut off. */
    SILENT,
    COMPLETED,
    STOPPED,
    DIVERGED,
    FAILED
  }

  RunEntry with(RunStarted event, Instant at) {
    return new RunEntry(
        runId,
        Brief.of(event),
        ended,
        changes,
        flow,
        outcome.with(event),
        lastStep,
        later(at),
        note);
  }

  /**
   * It goes on: it has not ended, and may intend other steps than before. Where it began stays as
   * it was.
   */
  RunEntry resumed(RunStarted event, Instant at) {
    RunStarted first = started == null ? event : started;
    RunStarted.Builder latest = event.toBuilder();
    if (first.hasStartedAt()) {
      latest.setStartedAt(first.getStartedAt());
    }
    if (RunFold.isFork(first)) {
      latest.setResumedFrom(first.getResumedFrom());
    }
    RunStarted brief = Brief.of(latest.build());
    return new RunEntry(runId, brief, null, changes, flow, outcome, lastStep, later(at), note);
  }

  RunEntry with(RunEnded event, Instant at) {
    Long last = event.hasLastStep() ? later(event.getLastStep()) : lastStep;
    return new RunEntry(
        runId, started, Brief.of(event), changes, flow, outcome, last, later(at), note);
  }

  RunEntry with(RegimeChanged change, Instant at) {
    List<RegimeChanged> longer = new ArrayList<>(changes);
    longer.add(Brief.of(change));
    if (longer.size() > Brief.CHANGES) {
      longer.removeFirst();
    }
    Long last = later(change.getDetectedAtStep());
    return new RunEntry(
        runId, started, ended, longer, flow, outcome.with(change), last, later(at), note);
  }

  RunEntry with(FlowFitted fitted, Instant at) {
    Long last = later(fitted.getStep());
    return new RunEntry(
        runId,
        started,
        ended,
        changes,
        Brief.of(fitted),
        outcome.with(fitted),
        last,
        later(at),
        note);
  }

  /** The run with another note. */
  public RunEntry with(@Nullable RunNote other) {
    RunNote kept = other == null ? null : Brief.of(other);
    return new RunEntry(runId, started, ended, changes, flow, outcome, lastStep, updatedAt, kept);
  }

  RunEntry withStep(long step, @Nullable Double stabilityRatio, Instant at) {
    return new RunEntry(
        runId,
        started,
        ended,
        changes,
        flow,
        outcome.withStep(step, stabilityRatio),
        later(step),
        later(at),
        note);
  }

  /** Bytes of its messages, which is about what it takes in memory; its objects take more. */
  long bytes() {
    long bytes = runId.length() + bytes(started) + bytes(ended) + bytes(flow) + bytes(note);
    for (RegimeChanged change : changes) {
      bytes += change.getSerializedSize();
    }
    return bytes;
  }

  private static long bytes(@Nullable MessageLite message) {
    return message == null ? 0 : message.getSerializedSize();
  }

  private Instant later(Instant at) {
    return at.isAfter(updatedAt) ? at : updatedAt;
  }

  private Long later(long step) {
    return lastStep == null ? step : Math.max(step, lastStep);
  }
}
