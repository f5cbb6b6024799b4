package brink.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;

import brink.schemas.MessageSerializer;
import brink.trainer.checkpoint.Checkpoint;
import brink.trainer.checkpoint.CheckpointFile;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryPointsTest {
  private static final long STEPS = 30;
  private static final long LARGE_HEAP = 1L << 40;

  @TempDir private Path folder;

  private final Kernels kernels = new CpuKernels(1);
  private final MockProducer<String, Message> producer =
      new MockProducer<>(false, null, new StringSerializer(), new MessageSerializer());
  private final AtomicLong seconds = new AtomicLong();

  @AfterEach
  void close() {
    kernels.close();
  }

  private RunPlan plan() {
    RunRequest request =
        RunRequest.builder().steps(STEPS).seed(3).runId("a/run").gradientsEvery(0).build();
    return RunPlanner.of(Clock.systemUTC(), new Random(1)).plan(request, kernels);
  }

  private static GradientDescent descent(RunPlan plan) {
    return new GradientDescent(
        plan.problem().landscape(), plan.problem().initialWeights(), plan.descent(), () -> 0);
  }

  /** Trains; ten seconds pass at every step, and Kafka acknowledges those before one only. */
  private Optional<RecoveryPoint> train(
      RunPlan plan, GradientDescent descent, long acknowledged, long heap) {
    RunPublisher publisher =
        new RunPublisher(
            producer, plan.description(), plan.gradients(), Clock.systemUTC(), () -> true);
    try (PublishingThread publishing =
        new PublishingThread(
            publisher, kernels, plan.problem().landscape().dimension(), Clock.systemUTC())) {
      RecoveryPoints points =
          new RecoveryPoints(
              publishing, descent, STEPS, heap, () -> TimeUnit.SECONDS.toNanos(seconds.get()));
      descent.run(
          new StepListener() {
            @Override
            public void onStep(StepRecord step) {
              publishing.onStep(step);
              assertThat(publishing.drained()).isNotNull();
              if (step.step() < acknowledged) {
                assertThat(producer.completeNext()).isTrue();
              }
            }

            @Override
            public void onAdvanced(long next) {
              seconds.addAndGet(10);
              points.onAdvanced(next);
            }
          },
          () -> false);
      assertThat(publishing.drained()).isNotNull();
      return points.newest();
    }
  }

  @Test
  void newest_kafkaAwayFromAStepOn_isTheStateThatKafkaHasCaughtUpWith() {
    RunPlan plan = plan();
    RecoveryPoint point = train(plan, descent(plan), 12, LARGE_HEAP).orElseThrow();
    assertThat(point.state().number(GradientDescent.STEP)).isEqualTo(12);
    assertThat(point.published().lastStep()).isEqualTo(OptionalLong.of(11));
  }

  @Test
  void newest_kafkaAwayFromTheStart_isTheStart() {
    RunPlan plan = plan();
    RecoveryPoint point = train(plan, descent(plan), 0, LARGE_HEAP).orElseThrow();
    assertThat(point.state().number(GradientDescent.STEP)).isZero();
  }

  @Test
  void newest_afterTheLastStep_leavesAStepToGoOnWith() {
    RunPlan plan = plan();
    RecoveryPoint point = train(plan, descent(plan), STEPS, LARGE_HEAP).orElseThrow();
    assertThat(point.state().number(GradientDescent.STEP)).isLessThan(STEPS);
  }

  @Test
  void newest_statesTooLargeForTheHeap_isNone() {
    RunPlan plan = plan();
    assertThat(train(plan, descent(plan), STEPS, 1 << 10)).isEmpty();
  }

  @Test
  void leave_withoutAFolder_writesWhatTheRunGoesOnFromBitForBit() throws IOException {
    RunPlan plan = plan();
    RecoveryPoint point = train(plan, descent(plan), 12, LARGE_HEAP).orElseThrow();
    Path file = Files.createFile(folder.resolve("no folder"));
    RescueCheckpoint rescue =
        new RescueCheckpoint(
            plan,
            plan.description().toMessage(Clock.systemUTC().instant(), "1"),
            List.of(file, folder));
    String sentence = rescue.leave(null, point);
    Path written = folder.resolve("brink-checkpoints/a_run/step-000000000012.checkpoint");
    assertThat(sentence)
        .isEqualTo(
            "the run stops and leaves a checkpoint of step 12 behind: once Kafka is back, go on"
                + " with --resume "
                + written);
    Checkpoint checkpoint = CheckpointFile.read(written);
    assertThat(checkpoint.publishedStep()).hasValue(11);
    GradientDescent resumed = descent(plan);
    resumed.restore(checkpoint.state());
    assertThat(losses(resumed)).isEqualTo(losses(descent(plan)).subList(12, (int) STEPS));
  }

  private static List<Double> losses(GradientDescent descent) {
    List<Double> losses = new ArrayList<>();
    descent.run(step -> losses.add(step.loss()), () -> false);
    return losses;
  }
}
