package brink.bench.rows;

import brink.bench.report.Line;
import java.util.List;
import java.util.function.Consumer;

/** A part of the comparison, measured in a JVM of its own. */
public interface Row {
  /** What it is called on the command line. */
  String name();

  /** Its heading in the table. */
  String title(Conditions conditions);

  /** Whether it needs libtorch. */
  default boolean needsPeer() {
    return true;
  }

  /** Options of the JVM that measures it. */
  default List<String> jvmOptions() {
    return List.of();
  }

  /**
   * Measures.
   *
   * @param progress told in a few words what is being done
   * @throws NotMeasurableException if this machine lacks something
   */
  List<Line> measure(Conditions conditions, Consumer<String> progress) throws Exception;
}
