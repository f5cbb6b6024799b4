package brink.distribution;

import brink.schemas.KafkaSettings;
import java.nio.file.Path;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** An option of commands by which they have a Kafka of their own, for as long as they take. */
interface OwnKafka {
  /** Folder of the user's that holds its data; null where the command is to use a running Kafka. */
  @Nullable Path folder();

  /**
   * Where the broker keeps its data.
   *
   * @throws IllegalArgumentException if the folder cannot be used so
   */
  Path data(Path folder);

  /** Executes the command with what else it needs beside the broker, and gives its exit code. */
  int execute(KafkaSettings kafka, IntSupplier command);
}
