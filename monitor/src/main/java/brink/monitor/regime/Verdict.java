package brink.monitor.regime;

import brink.v1.Regime;

/**
 * A regime change that the detector has decided on.
 *
 * @param to next regime
 * @param onset when it happened
 * @param sentence why, for people
 */
record Verdict(Regime to, Onset onset, String sentence) {}
