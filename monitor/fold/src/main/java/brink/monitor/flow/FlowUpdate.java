package brink.monitor.flow;

import brink.v1.FlowFitted;
import org.jspecify.annotations.Nullable;

/**
 * What the flow's fit made of a step.
 *
 * @param state its state after the step
 * @param fitted the event, where one is due
 * @param reading what it says to the detector; null below the edge and where nothing could be
 *     fitted
 */
public record FlowUpdate(
    FlowState state, @Nullable FlowFitted fitted, @Nullable EdgeReading reading) {}
