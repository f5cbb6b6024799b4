package brink.monitor.run;

import brink.v1.FlowFitted;
import brink.v1.RegimeChanged;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What folding one event into a run gave.
 *
 * @param state the run's state after the event
 * @param changes regime changes, in order
 * @param flow the flow's state, where one is due
 * @param rejections findings about the record
 * @param readings derived values; null where the record was not used
 */
public record Outcome(
    RunState state,
    List<RegimeChanged> changes,
    @Nullable FlowFitted flow,
    List<Rejection> rejections,
    @Nullable StepReadings readings) {}
