package brink.trainer.data;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the parameter {@code task} may be. */
final class Tasks {
  private Tasks() {}

  /**
   * The word; null if it is not given.
   *
   * @throws DataException if it is another one
   */
  static @Nullable String of(Path file, SourceParameters parameters) {
    String task = parameters.text("task");
    if (task != null && !List.of("classification", "regression").contains(task)) {
      throw new DataException(
          "%s: unknown task '%s', expected classification or regression".formatted(file, task));
    }
    return task;
  }
}
