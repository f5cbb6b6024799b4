package brink.monitor.catalogue;

import brink.v1.RegimeChanged;

/** Is told what the catalogue hears of; calls are short, and come from several threads. */
public interface RunListener {
  /** Hears nothing. */
  RunListener NONE = new RunListener() {};

  /** What is known of a run has changed. */
  default void onChanged(String runId) {}

  /** A regime change was written, by whichever monitor. */
  default void onRegimeChanged(RegimeChanged change) {}

  /** A run has come to a step. */
  default void onStep(String runId, long step) {}
}
