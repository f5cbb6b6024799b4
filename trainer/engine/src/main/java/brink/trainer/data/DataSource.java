package brink.trainer.data;

/**
 * A place that data comes from, as the argument of {@code --data} names it. Further ones come from
 * a {@link DataSourceProvider}.
 */
public abstract class DataSource {
  /**
   * Reads the argument of {@code --data}. Nothing is opened yet.
   *
   * @throws DataException if it has none of the known forms
   */
  public static DataSource parse(String argument) {
    return Scheme.parse(argument);
  }

  /**
   * Reads the data.
   *
   * @throws DataException if it is missing or malformed
   */
  public final Split load(DataOptions options) {
    Split split = read(options).checked();
    return options.standardize() ? split.standardize() : split;
  }

  /** Reads the data as it is. */
  protected abstract Split read(DataOptions options);
}
