package brink.monitor.series;

import java.util.function.BooleanSupplier;

/** Where runs are read from; for one thread at a time. */
interface RunSource extends AutoCloseable {
  /**
   * Reads on in a run.
   *
   * @param run whose records are added, and which is told how far it is read
   * @param pause whether to stop, and to go on here later
   */
  void readOn(RunSeries run, BooleanSupplier pause);

  @Override
  void close();
}
