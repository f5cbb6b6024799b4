package brink.monitor.flow;

import brink.v1.FlowFitted;
import org.jspecify.annotations.Nullable;

/**
 * What the flow's fit made of a step.
 *
 * @param state its state after the step
 * @param fitted the event, where one is due
 * @param rates the rates, where they could be had
 */
public record FlowUpdate(
    FlowState state, @Nullable FlowFitted fitted, @Nullable RateComparison rates) {}
