package brink.monitor.regime;

import brink.v1.Regime;
import org.jspecify.annotations.Nullable;

/**
 * A regime change that the detector has decided on.
 *
 * @param to next regime
 * @param onset when it happened; null where only the detection is known
 * @param sentence why, for people
 */
record Verdict(Regime to, @Nullable Onset onset, String sentence) {}
