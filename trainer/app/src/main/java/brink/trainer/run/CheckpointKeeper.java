package brink.trainer.run;

import brink.trainer.checkpoint.Checkpoint;
import brink.trainer.checkpoint.CheckpointFolder;
import brink.trainer.descent.GradientDescent;
import brink.trainer.files.FileTrouble;
import brink.trainer.publish.Position;
import brink.trainer.publish.PublishingThread;
import brink.trainer.publish.RunPublisher;
import brink.trainer.state.SavedState;
import brink.v1.RunStarted;
import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a run's checkpoints, each after Kafka has acknowledged all steps before it, so that a run
 * that goes on leaves no gap. One that cannot be written is no reason to end the run.
 */
final class CheckpointKeeper {
  private static final Logger log = LoggerFactory.getLogger(CheckpointKeeper.class);

  private final CheckpointFolder folder;
  private final Checkpointing checkpointing;
  private final RunStarted run;
  private final Map<String, String> settings;
  private final PublishingThread publishing;
  private final GradientDescent descent;
  private long newest;

  CheckpointKeeper(
      CheckpointFolder folder,
      RunPlan plan,
      RunStarted run,
      PublishingThread publishing,
      GradientDescent descent) {
    this.folder = folder;
    this.checkpointing = plan.checkpointing();
    this.run = run;
    this.settings = TrajectorySettings.of(plan);
    this.publishing = publishing;
    this.descent = descent;
  }

  /** Writes one if it is due. */
  void onAdvanced(long next) {
    if (next % checkpointing.every() == 0) {
      save();
    }
  }

  /** Writes one, between two steps, unless there is one of this step already. */
  void save() {
    SavedState state = descent.save();
    long next = state.number(GradientDescent.STEP);
    if (next <= newest) {
      return;
    }
    RunPublisher publisher = publishing.drained();
    publisher.flush();
    Position published = publisher.position();
    try {
      folder.write(
          new Checkpoint(
              run.getRunId(),
              next,
              settings,
              checkpointing.arguments(),
              published.lastStep(),
              published.lastStepTimestamp(),
              state));
      newest = next;
    } catch (IOException e) {
      log.warn(
          "run {}: no checkpoint at step {} ({}); the run goes on, the older checkpoint stays: make"
              + " room, or it is all there is to resume from",
          run.getRunId(),
          next,
          FileTrouble.of(e));
    }
  }
}
