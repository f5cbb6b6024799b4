package brink.monitor.series;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows in the order of their steps, and a column for each field that any of them has. */
final class StepTable {
  /** A network of 150 layers has 500; a producer that names more is not kept up with. */
  private static final int MOST_COLUMNS = 2_000;

  private final ChunkFile file;
  private final NumberList steps;
  private final NumberList flowTimes;
  private final NumberList times;
  private final Map<String, Column> columns = new LinkedHashMap<>();

  StepTable(ChunkFile file) {
    this.file = file;
    this.steps = new NumberList(file);
    this.flowTimes = new NumberList(file);
    this.times = new NumberList(file);
  }

  /**
   * Begins a row.
   *
   * @param step above that of the last row
   * @param flowTime not below that of the last row
   * @param time milliseconds since 1970
   */
  void row(long step, double flowTime, double time) {
    int last = size() - 1;
    steps.add((double) step);
    flowTimes.add(last < 0 ? flowTime : Math.max(flowTime, flowTimes.get(last)));
    times.add(last < 0 ? time : Math.max(time, times.get(last)));
  }

  /** Adds a value to the last row; what is not finite, or one field too many, is left out. */
  void put(String field, double value) {
    if (!Double.isFinite(value)) {
      return;
    }
    Column column = columns.get(field);
    if (column == null) {
      if (columns.size() >= MOST_COLUMNS) {
        return;
      }
      column = new Column(file);
      columns.put(field, column);
    }
    int row = size() - 1;
    if (column.size() == 0 || column.row(column.size() - 1) < row) {
      column.add(row, value);
    }
  }

  /** Number of rows. */
  int size() {
    return steps.size();
  }

  @Nullable Column column(String field) {
    return columns.get(field);
  }

  List<String> fields() {
    return new ArrayList<>(columns.keySet());
  }

  NumberList axis(Axis axis) {
    return switch (axis) {
      case STEP -> steps;
      case FLOW_TIME -> flowTimes;
      case TIME -> times;
    };
  }

  long heapBytes() {
    long bytes = steps.heapBytes() + flowTimes.heapBytes() + times.heapBytes();
    for (Column column : columns.values()) {
      bytes += column.heapBytes();
    }
    return bytes;
  }
}
