package brink.monitor.cli;

import java.util.List;
import java.util.function.Consumer;

/** A table that may be too large for memory. */
interface Rows {
  /** Names of the columns, in order. */
  List<String> names();

  /** Hands over the cells of each row in the order of the names; empty is not known. */
  void forEach(Consumer<List<String>> action);
}
