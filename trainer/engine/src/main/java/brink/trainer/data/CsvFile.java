package brink.trainer.data;

import java.nio.file.Path;
import java.util.List;

/**
 * A table of numbers with one column of targets: class labels of any kind, or numbers if the task
 * is regression.
 */
final class CsvFile extends DataSource {
  private final Path file;
  private final Parameters parameters;
  private final boolean regression;

  private CsvFile(Parameters parameters) {
    this.parameters = parameters;
    file = Path.of(parameters.name());
    String task = parameters.text("task");
    if (task != null && !List.of("classification", "regression").contains(task)) {
      throw new DataException(
          "%s: unknown task '%s', expected classification or regression".formatted(file, task));
    }
    regression = "regression".equals(task);
  }

  static CsvFile of(String argument) {
    return new CsvFile(new Parameters(argument, List.of("target", "task")));
  }

  @Override
  protected Split read(DataOptions options) {
    Table table = Table.read(file);
    int target = table.column(parameters.text("target"));
    Features features = table.numbersWithout(target);
    Targets targets =
        regression ? new Targets.Values(table.numbers(target)) : Labels.of(table, target);
    return Split.shuffled(new Dataset("csv:" + file, features, targets), options);
  }
}
