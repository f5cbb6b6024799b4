package brink.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;

import brink.schemas.MessageSerializer;
import brink.trainer.checkpoint.Checkpoint;
import brink.trainer.checkpoint.CheckpointFile;
import brink.trainer.checkpoint.CheckpointFolder;
import brink.trainer.descent.GradientDescent;
import brink.trainer.descent.StepListener;
import brink.trainer.descent.StepRecord;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.publish.PublishingThread;
import brink.trainer.publish.RunPublisher;
import brink.trainer.request.RunRequest;
import com.google.protobuf.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointKeeperTest {
  private static final long STEPS = 25;

  @TempDir private Path parent;

  private final Kernels kernels = new CpuKernels(1);
  private final MockProducer<String, Message> producer =
      new MockProducer<>(true, null, new StringSerializer(), new MessageSerializer());

  @AfterEach
  void close() {
    kernels.close();
  }

  private Path folder() {
    return parent.resolve("checkpoints");
  }

  /** Trains with a checkpoint every ten steps; something happens to the folder before step 15. */
  private void train(FolderEvent event) throws IOException {
    RunRequest request =
        RunRequest.builder()
            .steps(STEPS)
            .seed(3)
            .runId("kept")
            .checkpointFolder(folder())
            .checkpointEvery(10)
            .build();
    RunPlan plan = RunPlanner.of(Clock.systemUTC(), new Random(1)).plan(request, kernels);
    RunPublisher publisher =
        new RunPublisher(
            producer, plan.description(), plan.gradients(), Clock.systemUTC(), () -> true);
    GradientDescent descent =
        new GradientDescent(
            plan.problem().landscape(), plan.problem().initialWeights(), plan.descent(), () -> 0);
    try (CheckpointFolder folder = CheckpointFolder.ofNewRun(folder());
        PublishingThread publishing =
            new PublishingThread(
                publisher, kernels, plan.problem().landscape().dimension(), Clock.systemUTC())) {
      CheckpointKeeper keeper =
          new CheckpointKeeper(
              folder,
              plan,
              plan.description().toMessage(Clock.systemUTC().instant(), "1"),
              publishing,
              descent);
      descent.run(
          new StepListener() {
            @Override
            public void onStep(StepRecord step) {
              publishing.onStep(step);
            }

            @Override
            public void onAdvanced(long next) {
              if (next == 15) {
                event.happen();
              }
              keeper.onAdvanced(next);
            }
          },
          () -> false);
      keeper.save();
      keeper.save();
    }
  }

  /** What happens to a folder. */
  private interface FolderEvent {
    void happen();
  }

  private List<Long> steps() {
    return CheckpointFolder.newestFirst(folder()).stream()
        .map(file -> CheckpointFile.read(file).nextStep())
        .toList();
  }

  @Test
  void onAdvanced_onItsCadence_writesWhatKafkaHas() throws IOException {
    train(() -> {});
    assertThat(steps()).containsExactly(STEPS, 20L);
    Checkpoint newest = CheckpointFile.read(CheckpointFolder.newestFirst(folder()).getFirst());
    assertThat(newest.runId()).isEqualTo("kept");
    assertThat(newest.publishedStep()).hasValue(STEPS - 1);
    assertThat(newest.publishedAt()).isEqualTo(producer.history().getLast().timestamp());
    assertThat(newest.settings()).containsEntry("--seed", "3");
  }

  @Test
  void save_failing_keepsTheOlderAndTheRunGoesOn() throws IOException {
    train(
        () -> {
          // a folder where the next file has to go: it cannot be written, as on a full disk
          Path inTheWay = folder().resolve("step-000000000020.checkpoint.part");
          assertThat(inTheWay.toFile().mkdir()).isTrue();
          assertThat(inTheWay.resolve("x").toFile().mkdir()).isTrue();
        });
    assertThat(steps()).containsExactly(STEPS, 10L);
    assertThat(Files.exists(folder().resolve("step-000000000020.checkpoint"))).isFalse();
  }
}
