package brink.trainer.data;

import java.util.ServiceLoader;

/**
 * A kind of data source. The engine has its own; a library brings another one as a service ({@link
 * ServiceLoader}), so that the engine need not know it.
 */
public interface DataSourceProvider {
  /** What arguments of {@code --data} begin with, without the colon. */
  String scheme();

  /** What the whole argument looks like, for messages. */
  String form();

  /**
   * Reads what stands after the colon. Nothing is opened yet.
   *
   * @throws DataException if it has none of the known forms
   */
  DataSource source(String rest);
}
