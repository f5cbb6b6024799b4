package brink.monitor.series;

/**
 * The points of a series that a chart needs.
 *
 * @param x where they are, never falling; not to be changed
 * @param y what they are; not to be changed
 * @param raw whether these are all points of the window
 * @param count points of the window
 * @param meanX middles of the buckets that the window was cut into; empty where it is raw; not to
 *     be changed
 * @param meanY means of these buckets, for smoothing; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // they are handed to the one who writes them out
public record Drawn(
    double[] x, double[] y, boolean raw, int count, double[] meanX, double[] meanY) {}
