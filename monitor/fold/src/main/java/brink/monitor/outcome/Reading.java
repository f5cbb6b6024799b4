package brink.monitor.outcome;

import org.jspecify.annotations.Nullable;

/**
 * A number as it last was.
 *
 * @param value the number
 * @param error its standard error; null where it is not known
 * @param step where it was measured
 */
public record Reading(double value, @Nullable Double error, long step) {}
