package brink.monitor.run;

import brink.v1.Regime;

/**
 * Everything that the fold remembers of a run.
 *
 * @param runId the run
 * @param regime its present regime
 */
public record RunState(String runId, Regime regime) {}
