package brink.trainer.checkpoint;

import brink.trainer.state.SavedState;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A run between two steps.
 *
 * @param runId key of its records
 * @param nextStep first step that has not been taken
 * @param settings what the trajectory depends on, by name
 * @param arguments options of the command line that made the run
 * @param publishedStep last step that Kafka had acknowledged
 * @param publishedAt record timestamp of that step, milliseconds since 1970
 * @param state of the descent
 */
public record Checkpoint(
    String runId,
    long nextStep,
    Map<String, String> settings,
    List<String> arguments,
    OptionalLong publishedStep,
    long publishedAt,
    SavedState state) {
  public Checkpoint {
    settings = Map.copyOf(settings);
    arguments = List.copyOf(arguments);
  }
}
