package brink.distribution;

import brink.schemas.KafkaSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Lets the commands that read runs work on the folder that {@code brink demo --data-dir} left, with
 * a broker of their own for as long as they take.
 */
final class StoredRuns implements OwnKafka {

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "read the runs that 'demo --data-dir DIR' kept, instead of a running Kafka")
  private @Nullable Path dataDir;

  @Override
  public @Nullable Path folder() {
    return dataDir;
  }

  @Override
  public Path data(Path folder) {
    Path data = folder.resolve("kafka");
    if (!Files.isDirectory(data)) {
      throw new IllegalArgumentException(
          "no runs in %s; 'brink demo --data-dir DIR' makes such a folder".formatted(folder));
    }
    return data;
  }

  @Override
  public int execute(KafkaSettings kafka, IntSupplier command) {
    return command.getAsInt();
  }
}
