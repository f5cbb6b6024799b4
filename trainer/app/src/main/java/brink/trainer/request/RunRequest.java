package brink.trainer.request;

import org.jspecify.annotations.Nullable;

/**
 * What is asked of a run. Whatever is null in it has a default of its problem. A value is checked
 * when the run is planned, and an {@link OptionException} then names the option.
 *
 * @param problem what is trained
 * @param data on which examples
 * @param descent how the weights move
 * @param measurements what is measured beside training
 * @param publishing what Kafka is told of it
 * @param checkpoints where its states are kept
 * @param device where and in which format it computes
 */
public record RunRequest(
    ProblemChoice problem,
    DataChoice data,
    DescentChoice descent,
    MeasurementChoice measurements,
    PublishingChoice publishing,
    CheckpointChoice checkpoints,
    DeviceChoice device) {
  /** A request with the defaults of the command line, to be changed. */
  public static RunRequestBuilder builder() {
    return new RunRequestBuilder();
  }

  /** The same request, to be changed. */
  public RunRequestBuilder toBuilder() {
    RunRequestBuilder builder = builder();
    RunOptions.copy(this, builder);
    return builder;
  }

  /** The run's id if it was given; null for one that is made up. */
  public @Nullable String runId() {
    return publishing.runId();
  }
}
