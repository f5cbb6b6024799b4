package brink.monitor.replay;

import brink.monitor.contract.FieldCensus;
import brink.v1.RunStarted;
import org.jspecify.annotations.Nullable;

/**
 * What a run's stream consists of, and what the monitor makes of it.
 *
 * @param started the run's first usable start; null if none of its records is one
 * @param fields what its steps carry
 * @param replayed what came of them, with the default settings
 */
public record CheckedStream(@Nullable RunStarted started, FieldCensus fields, Replayed replayed) {}
