package brink.monitor.series;

import brink.monitor.geometry.Motion;
import brink.monitor.text.Excerpt;
import brink.schemas.EventTimes;
import brink.v1.FlowFitted;
import brink.v1.StepObserved;
import com.google.protobuf.util.Timestamps;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The steps and fits of one run, as far as they have been read. Safe for use by several threads.
 */
public final class RunSeries implements AutoCloseable {
  private static final int LAYER_NAME = 200;

  private final String runId;
  private final ChunkFile file;
  private final StepTable steps;
  private final StepTable fits;
  private final FitLog log = new FitLog();
  private final DerivedFields derivation;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private Map<TopicPartition, Long> begins = Map.of();
  private long lastStep = -1;
  private long lastFit = -1;
  private volatile double share;
  private volatile boolean complete;

  /**
   * Nothing of a run so far.
   *
   * @param file where large columns go; made when it is needed
   */
  RunSeries(String runId, Motion motion, Path file) {
    this.runId = runId;
    this.file = new ChunkFile(file);
    this.steps = new StepTable(this.file);
    this.fits = new StepTable(this.file);
    this.derivation = new DerivedFields(motion);
  }

  /** Id of the run. */
  public String runId() {
    return runId;
  }

  /** Last step that was read; −1 before the first. */
  public long lastStep() {
    return read(() -> lastStep);
  }

  /** Share of the run that has been read, in [0, 1]. */
  public double share() {
    return share;
  }

  /** Whether everything was read that was there when it was last asked for. */
  public boolean complete() {
    return complete;
  }

  /** Offsets to go on at; for the thread that reads alone. */
  Map<TopicPartition, Long> positions() {
    return positions;
  }

  /** Takes note of where the reading began. */
  void beginsAt(Map<TopicPartition, Long> offsets) {
    begins = Map.copyOf(offsets);
  }

  long beginOf(TopicPartition partition) {
    return begins.getOrDefault(partition, 0L);
  }

  void readUpTo(double shareOfAll, boolean all) {
    share = shareOfAll;
    complete = all;
  }

  /** Takes many records at once. */
  void take(Runnable records) {
    lock.writeLock().lock();
    try {
      records.run();
    } finally {
      lock.writeLock().unlock();
    }
  }

  /**
   * Takes a step; one that is not after the last is a repetition. Only within {@link
   * #take(Runnable)}.
   *
   * @param recordTime milliseconds since 1970, for a step without a time of its own
   */
  void take(StepObserved step, long recordTime) {
    if (step.getStep() <= lastStep || steps.size() == Integer.MAX_VALUE) {
      return;
    }
    lastStep = step.getStep();
    derivation.take(step);
    boolean timed = step.hasObservedAt() && EventTimes.unusable(step) == null;
    long time = timed ? Timestamps.toMillis(step.getObservedAt()) : recordTime;
    steps.row(step.getStep(), derivation.flowTime(), (double) time);
    steps.put("observed_at", steps.axis(Axis.TIME).get(steps.size() - 1));
    derivation.read(steps::put);
    StepFields.read(step, new TableSink(steps));
  }

  /** Takes a fit; as with steps. */
  void take(FlowFitted fit, long recordTime) {
    if (fit.getStep() <= lastFit || !Double.isFinite(fit.getFlowTime())) {
      return;
    }
    lastFit = fit.getStep();
    fits.row(fit.getStep(), fit.getFlowTime(), (double) recordTime);
    FitFields.read(fit, fits::put);
    log.add(fit);
  }

  /** Series by field; fields that have no value are absent. */
  public Map<String, Drawn> series(List<String> fields, Window window) {
    return read(
        () -> {
          Map<String, Drawn> series = new LinkedHashMap<>();
          for (String field : fields) {
            StepTable table = Field.isOfFits(field) ? fits : steps;
            Column column = table.column(field);
            if (column != null) {
              series.put(field, Decimation.of(column, table.axis(window.axis()), window));
            }
          }
          return series;
        });
  }

  /** Ends of the steps on an axis, two numbers; null before the first step. */
  public double @Nullable [] range(Axis axis) {
    return read(
        () -> {
          NumberList numbers = steps.axis(axis);
          return numbers.size() == 0
              ? null
              : new double[] {numbers.get(0), numbers.get(numbers.size() - 1)};
        });
  }

  /** All fields that have a value. */
  public List<FieldSummary> fields() {
    return read(
        () -> {
          List<FieldSummary> summaries = new ArrayList<>();
          for (StepTable table : List.of(steps, fits)) {
            for (String name : table.fields()) {
              Column column = table.column(name);
              if (column != null) {
                summaries.add(summary(name, column));
              }
            }
          }
          return summaries;
        });
  }

  /** Number of fits that were read. */
  public int fitCount() {
    return read(log::count);
  }

  /**
   * Fits of a range of steps, evenly spread, the last among them.
   *
   * @param most at least 1
   */
  public List<FlowFitted> fits(double from, double to, int most) {
    return read(() -> Spread.of(within(from, to), most));
  }

  /** Forecasts of the newest fit and of earlier ones, evenly spread. */
  public List<PastForecast> forecasts(int most) {
    return read(
        () -> {
          List<FlowFitted> forecasting =
              log.all().stream().filter(fit -> fit.getForecastsCount() > 0).toList();
          return Spread.of(forecasting, most).stream()
              .map(fit -> new FlowClock(steps).beside(fit))
              .toList();
        });
  }

  /** Bytes in memory and on disk. */
  long bytes() {
    return read(() -> file.size()) + heapBytes();
  }

  long heapBytes() {
    return read(() -> steps.heapBytes() + fits.heapBytes());
  }

  @Override
  public void close() {
    file.close();
  }

  private List<FlowFitted> within(double from, double to) {
    return log.all().stream().filter(fit -> fit.getStep() >= from && fit.getStep() <= to).toList();
  }

  private static FieldSummary summary(String name, Column column) {
    return new FieldSummary(
        Field.of(name),
        column.size(),
        column.value(0),
        column.value(column.size() - 1),
        column.least(),
        column.most());
  }

  private <T extends @Nullable Object> T read(Supplier<T> action) {
    lock.readLock().lock();
    try {
      return action.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  private record TableSink(StepTable table) implements StepFields.Sink {
    @Override
    public void number(String field, double value) {
      table.put(field, value);
    }

    @Override
    public void whole(String field, long value) {
      table.put(field, (double) value);
    }

    @Override
    public void layer(String layer, String field, double value) {
      table.put(Field.ofLayer(Excerpt.of(layer, LAYER_NAME), field), value);
    }
  }
}
