package brink.monitor.regime;

import brink.v1.RegimeChanged;
import org.jspecify.annotations.Nullable;

/**
 * What the detector made of an event.
 *
 * @param state its state after the event
 * @param change the regime change, if any
 */
public record Detection(DetectorState state, @Nullable RegimeChanged change) {}
