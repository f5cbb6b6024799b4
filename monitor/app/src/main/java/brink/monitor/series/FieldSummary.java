package brink.monitor.series;

/**
 * A field of a run and what of it there is.
 *
 * @param field what it is
 * @param count values
 * @param first oldest value
 * @param last newest value
 * @param least smallest value
 * @param most largest value
 */
public record FieldSummary(
    Field field, int count, double first, double last, double least, double most) {}
