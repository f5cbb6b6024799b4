package brink.trainer.request;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a run's states are kept.
 *
 * @param folder for checkpoints; null for none unless the run must stop because Kafka is away
 * @param every cadence in steps; null for {@link #DEFAULT_EVERY}
 */
public record CheckpointChoice(@Nullable Path folder, @Nullable Integer every) {
  /** Steps between two checkpoints unless the user says otherwise. */
  public static final int DEFAULT_EVERY = 1_000;
}
