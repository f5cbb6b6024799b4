package brink.monitor.topology;

import brink.monitor.run.Outcome;
import brink.v1.FlowFitted;
import brink.v1.RegimeChanged;
import brink.v1.Rejected;
import brink.v1.RunStarted;
import brink.v1.StepObserved;

/**
 * Sees what the topology does, for metrics and people; it cannot change it.
 *
 * <p>Calls come from the stream threads, one run always from one thread at a time. They come before
 * the commit: after a failure the same record may be seen again.
 */
public interface RunObserver {
  /** Sees nothing. */
  RunObserver NONE = new RunObserver() {};

  /** A run began. */
  default void onStarted(RunStarted started) {}

  /** A run goes on, after its end or an interruption. */
  default void onResumed(RunStarted started, Outcome outcome) {}

  /** A step was folded into its run; {@code outcome.readings()} is null where it was not used. */
  default void onStep(StepObserved step, Outcome outcome) {}

  /** A regime change was written; the wall clock's are among them. */
  default void onRegimeChanged(RegimeChanged change) {}

  /** A state of the flow was written. */
  default void onFlowFitted(FlowFitted flow) {}

  /** A record, or a finding about it, went to {@code brink.rejected}. */
  default void onRejected(Rejected rejected) {}

  /** This instance no longer holds the run: its partition moved, or the monitor closes. */
  default void onReleased(String runId) {}
}
