package brink.trainer.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Checkpoints of a run. */
public final class CheckpointOptions {
  /** Steps between two checkpoints unless the user says otherwise. */
  static final int EVERY = 1_000;

  @Option(
      names = "--checkpoint-dir",
      paramLabel = "DIR",
      description =
          "write checkpoints of the run to this folder, also when it is stopped (default: none,"
              + " unless the run must stop because Kafka is away: then ./brink-checkpoints)")
  public @Nullable Path folder;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "N",
      description = "write a checkpoint every N steps (default: 1000)")
  public @Nullable Integer every;

  @Option(
      names = "--resume",
      paramLabel = "FILE|DIR",
      description =
          "go on from a checkpoint, or the newest of a folder, with its options: the same run, bit"
              + " for bit")
  public @Nullable Path resume;
}
