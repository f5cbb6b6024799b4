package brink.monitor.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Samples with times as <a
 * href="https://prometheus.io/docs/specs/om/open_metrics_spec/">OpenMetrics text</a>: metric by
 * metric, and series by series in the order of time, as the format asks. Holds them in memory, 16
 * bytes each.
 */
final class OpenMetricsText {
  private static final String TOTAL = "_total";
  private static final double MILLIS = 1e3;

  private final SortedMap<String, Family> families = new TreeMap<>();

  void add(Meter.Id id, Instant at, double value) {
    String name = id.getName().replace('.', '_');
    boolean counter = id.getType() == Meter.Type.COUNTER;
    families
        .computeIfAbsent(name, _ -> new Family(counter, String.valueOf(id.getDescription())))
        .series
        .computeIfAbsent(labels(id), _ -> new Samples())
        .add(at.toEpochMilli(), value);
  }

  void write(Appendable out) throws IOException {
    for (Map.Entry<String, Family> family : families.entrySet()) {
      write(out, family.getKey(), family.getValue());
    }
    out.append("# EOF\n");
  }

  private static void write(Appendable out, String name, Family family) throws IOException {
    out.append("# HELP ").append(name).append(' ').append(escaped(family.help)).append('\n');
    out.append("# TYPE ").append(name).append(family.counter ? " counter\n" : " gauge\n");
    for (Map.Entry<String, Samples> series : family.series.entrySet()) {
      String start = name + (family.counter ? TOTAL : "") + "{" + series.getKey() + "} ";
      Samples samples = series.getValue();
      for (int i = 0; i < samples.size; i++) {
        out.append(start)
            .append(Double.toString(samples.values[i]))
            .append(' ')
            .append(Double.toString(samples.millis[i] / MILLIS))
            .append('\n');
      }
    }
  }

  /** As a scrape of a monitor gets them from Prometheus, so that its dashboards find them. */
  private static String labels(Meter.Id id) {
    StringBuilder labels = new StringBuilder("job=\"brink\",instance=\"backfill\"");
    for (Tag tag : id.getTags()) {
      labels
          .append(',')
          .append(tag.getKey().replace('.', '_'))
          .append("=\"")
          .append(escaped(tag.getValue()))
          .append('"');
    }
    return labels.toString();
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static final class Family {
    private final boolean counter;
    private final String help;
    private final Map<String, Samples> series = new LinkedHashMap<>();

    Family(boolean counter, String help) {
      this.counter = counter;
      this.help = help;
    }
  }

  private static final class Samples {
    private static final int FIRST = 64;

    private long[] millis = new long[FIRST];
    private double[] values = new double[FIRST];
    private int size;

    void add(long at, double value) {
      if (size == millis.length) {
        millis = Arrays.copyOf(millis, 2 * size);
        values = Arrays.copyOf(values, 2 * size);
      }
      millis[size] = at;
      values[size] = value;
      size++;
    }
  }
}
