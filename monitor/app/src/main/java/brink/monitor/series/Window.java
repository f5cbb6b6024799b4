package brink.monitor.series;

/**
 * What of a series is asked for.
 *
 * @param axis what it is drawn over
 * @param from lower end in units of the axis; −∞ for the beginning
 * @param to upper end, which is in it; ∞ for the end
 * @param points most points that are wanted, at least 4
 * @param logarithmic whether buckets are equally wide in the logarithm of the axis
 */
public record Window(Axis axis, double from, double to, int points, boolean logarithmic) {}
