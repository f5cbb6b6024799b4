package brink.monitor.cli;

import brink.cli.KafkaOptions;
import brink.monitor.records.RecordStore;
import brink.monitor.records.RunFile;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether recorded runs are read from Kafka or from a file. */
final class RecordsOption {
  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Read the runs of a file that 'export --format brink' wrote, instead of Kafka.")
  private @Nullable Path file;

  /** Whether a file was named. */
  boolean isFile() {
    return file != null;
  }

  /**
   * Where the records are.
   *
   * @throws IllegalArgumentException if the file cannot be used
   */
  RecordStore store(KafkaOptions kafka) {
    return file == null ? RecordStore.of(kafka.settings()) : RunFile.open(file);
  }

  /** The runs of the file; none for Kafka. */
  List<String> runIds(RecordStore store) {
    return store instanceof RunFile runs ? runs.runIds() : List.of();
  }
}
