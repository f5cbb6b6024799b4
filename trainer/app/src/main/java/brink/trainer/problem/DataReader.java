package brink.trainer.problem;

import brink.trainer.data.DataOptions;
import brink.trainer.data.DataSource;
import brink.trainer.data.Split;

/** Reads examples. Several runs on the same data may share a reader that remembers them. */
@FunctionalInterface
public interface DataReader {
  /** Reads them anew each time. */
  DataReader ANEW = (source, options) -> DataSource.parse(source).load(options);

  /**
   * Reads what {@code --data} names.
   *
   * @throws brink.trainer.data.DataException if it cannot be used
   */
  Split read(String source, DataOptions options);
}
