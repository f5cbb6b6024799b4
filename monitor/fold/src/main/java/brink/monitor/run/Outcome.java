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
 * @param fits states of the flow, in order, where one is due
 * @param rejections findings about the record
 * @param readings derived values; those of the record itself; null where it was not used
 */
public record Outcome(
    RunState state,
    List<RegimeChanged> changes,
    List<FlowFitted> fits,
    List<Rejection> rejections,
    @Nullable StepReadings readings) {}
