package brink.trainer.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table of numbers with one column of targets: class labels of any kind, or numbers if the task
 * is regression. The examples for testing are held out of it, or in a file of their own.
 */
final class CsvFile extends DataSource {
  /** What may stand behind the question mark. */
  static final List<String> PARAMETERS =
      Stream.concat(
              Stream.of("target", "task", "test", "fraction", "seed"),
              CsvDialect.PARAMETERS.stream())
          .toList();

  private final SourceParameters parameters;
  private final Path file;
  private final @Nullable Path test;
  private final TargetColumn target;
  private final CsvDialect dialect;
  private final boolean regression;

  private CsvFile(SourceParameters parameters) {
    this.parameters = parameters;
    file = DataException.path(parameters.name());
    regression = "regression".equals(Tasks.of(file, parameters));
    target = new TargetColumn(parameters.text("target"));
    dialect = CsvDialect.of(parameters);
    test = parameters.testPath();
    var _ = parameters.split(DataOptions.DEFAULT);
  }

  static CsvFile of(String argument) {
    return new CsvFile(new SourceParameters(argument, PARAMETERS));
  }

  @Override
  protected Split read(DataOptions options) {
    CsvTable table = CsvTable.read(file, dialect, target);
    CsvTable tests = test == null ? null : tests(table, test);
    Labels labels = regression ? null : Labels.of(table);
    List<String> warnings = new ArrayList<>(CsvSuspicions.of(table));
    if (labels != null) {
      warnings.addAll(CsvSuspicions.of(table, labels));
    }
    Dataset all = dataset(table, labels);
    Split split =
        tests == null
            ? Split.shuffled(all, parameters.split(options))
            : Split.separate(all, dataset(tests, labels), options);
    return split.with(
        split
            .provenance()
            .withFiles(test == null ? List.of(file) : List.of(file, test))
            .withColumns(table.featureNames(), table.targetName())
            .withClasses(labels == null ? List.of() : labels.names())
            .withWarnings(warnings));
  }

  private static Dataset dataset(CsvTable table, @Nullable Labels labels) {
    Targets targets =
        labels == null ? new Targets.Values(table.targetNumbers()) : labels.label(table);
    return new Dataset("csv:" + table.file(), table.numbers(), targets);
  }

  private CsvTable tests(CsvTable train, Path path) {
    CsvTable tests = CsvTable.read(path, dialect, target);
    if (tests.width() != train.width()) {
      throw new DataException(
          "%s: expected %d columns as in %s, found %d"
              .formatted(path, train.width(), file, tests.width()));
    }
    if (train.header() != null
        && tests.header() != null
        && !train.header().equals(tests.header())) {
      throw new DataException("%s: has other names of columns than %s".formatted(path, file));
    }
    return tests;
  }
}
