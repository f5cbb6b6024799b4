package brink.trainer.dl4j;

import brink.trainer.data.DataSource;
import brink.trainer.data.DataSourceProvider;

/** The data sets of DL4J as {@code dl4j:NAME}. */
public final class Dl4jData implements DataSourceProvider {
  @Override
  public String scheme() {
    return "dl4j";
  }

  @Override
  public String form() {
    return "dl4j:iris|mnist";
  }

  @Override
  public DataSource source(String rest) {
    return Dl4jIterator.of(rest);
  }
}
