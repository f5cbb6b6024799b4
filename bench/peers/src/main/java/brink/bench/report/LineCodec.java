package brink.bench.report;

import brink.bench.statistics.SampleSpread;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A line of the table as one line of text, to hand it from one process to another. */
public final class LineCodec {
  private static final String SEPARATOR = "\t";
  private static final String NONE = "-";
  private static final int FIELDS = 8;

  private LineCodec() {}

  /**
   * To text.
   *
   * @param line without tabs in its words
   */
  public static String encode(Line line) {
    Target target = line.target();
    SampleSpread value = line.value();
    return String.join(
        SEPARATOR,
        List.of(
            line.what(),
            Double.toString(value.low()),
            Double.toString(value.median()),
            Double.toString(value.high()),
            Integer.toString(value.count()),
            line.unit().name(),
            target == null ? NONE : target.relation().name() + " " + target.bound(),
            Boolean.toString(line.check())));
  }

  /**
   * From text.
   *
   * @throws IllegalArgumentException if {@link #encode} did not write it
   */
  public static Line decode(String text) {
    List<String> fields = List.of(text.split(SEPARATOR, -1));
    if (fields.size() != FIELDS) {
      throw new IllegalArgumentException("no line of the table: " + text);
    }
    SampleSpread value =
        new SampleSpread(
            Double.parseDouble(fields.get(1)),
            Double.parseDouble(fields.get(2)),
            Double.parseDouble(fields.get(3)),
            Integer.parseInt(fields.get(4)));
    return new Line(
        fields.getFirst(),
        value,
        Unit.valueOf(fields.get(5)),
        target(fields.get(6)),
        Boolean.parseBoolean(fields.get(7)));
  }

  private static @Nullable Target target(String text) {
    if (text.equals(NONE)) {
      return null;
    }
    List<String> parts = List.of(text.split(" ", 2));
    return new Target(
        Target.Relation.valueOf(parts.getFirst()), Double.parseDouble(parts.getLast()));
  }
}
