package brink.trainer.checkpoint;

import brink.checkpoint.v1.CheckpointHeader;
import brink.checkpoint.v1.CheckpointVector;
import brink.checkpoint.v1.CheckpointedRun;
import brink.trainer.state.SavedState;
import java.util.OptionalLong;

/** Between a checkpoint and the head of its file. */
final class CheckpointHeaders {
  private CheckpointHeaders() {}

  static CheckpointHeader of(Checkpoint checkpoint) {
    CheckpointHeader.Builder header =
        CheckpointHeader.newBuilder()
            .setRun(CheckpointedRun.newBuilder().setRunId(checkpoint.runId()))
            .setNextStep(checkpoint.nextStep())
            .putAllSettings(checkpoint.settings())
            .addAllArguments(checkpoint.arguments())
            .setPublishedAtMs(checkpoint.publishedAt())
            .putAllNumbers(checkpoint.state().numbers());
    checkpoint.publishedStep().ifPresent(header::setPublishedStep);
    checkpoint
        .state()
        .vectors()
        .forEach(
            (name, vector) ->
                header.addVectors(
                    CheckpointVector.newBuilder()
                        .setName(name)
                        .setLength(vector.length())
                        .setElementBytes(Entries.bytesOf(vector.values().get()))));
    return header.build();
  }

  /** The checkpoint; its vectors are the caller's to add. */
  static Checkpoint withoutVectors(CheckpointHeader header) {
    SavedState state = new SavedState();
    header.getNumbersMap().forEach(state::put);
    return new Checkpoint(
        header.getRun().getRunId(),
        header.getNextStep(),
        header.getSettingsMap(),
        header.getArgumentsList(),
        header.hasPublishedStep()
            ? OptionalLong.of(header.getPublishedStep())
            : OptionalLong.empty(),
        header.getPublishedAtMs(),
        state);
  }
}
