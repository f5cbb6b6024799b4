package brink.trainer.publish;

import static org.assertj.core.api.Assertions.assertThat;

import brink.schemas.MessageSerializer;
import brink.schemas.Topic;
import brink.schemas.gradient.GradientAssembler;
import brink.schemas.gradient.GradientResult;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.v1.GradientChunk;
import brink.v1.RunEvent;
import brink.v1.RunStarted;
import brink.v1.RunStatus;
import brink.v1.StepObserved;
import com.google.protobuf.Message;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RunPublisherTest {
  private final Kernels kernels = new CpuKernels(1);
  private final FullProducer producer = new FullProducer(0);

  @AfterEach
  void close() {
    kernels.close();
  }

  private RunPublisher publisher(FullProducer kafka, GradientCadence cadence) {
    return Samples.publisher(kafka, cadence, _ -> {});
  }

  private void publish(RunPublisher publisher, int steps) {
    Samples.publish(kernels, publisher, steps);
  }

  @Test
  void publish_wholeRun_isInOrderByTimestamp() {
    RunPublisher publisher = publisher(producer, GradientCadence.NONE);
    publish(publisher, 3);
    publisher.end(RunStatus.RUN_STATUS_COMPLETED, "");
    assertThat(producer.history())
        .extracting(ProducerRecord::topic)
        .containsExactly("brink.runs", "brink.steps", "brink.steps", "brink.steps", "brink.runs");
    assertThat(producer.history()).extracting(ProducerRecord::key).containsOnly("run-1");
    // the clock stands still: the order comes from the publisher
    assertThat(producer.history())
        .extracting(ProducerRecord::timestamp)
        .containsExactly(5_000L, 5_001L, 5_001L, 5_001L, 5_002L);
  }

  @Test
  void start_always_describesTheRun() {
    publisher(producer, Samples.EVERY_SECOND).start("1.0");
    RunEvent event = (RunEvent) producer.history().getFirst().value();
    assertThat(event.getStarted().getRunId()).isEqualTo("run-1");
    assertThat(event.getStarted().getProducer().getVersion()).isEqualTo("1.0");
    assertThat(event.getStarted().getTagsMap()).containsEntry("machine", "desk");
    assertThat(event.getStarted().getPlannedSteps()).isEqualTo(100);
    assertThat(event.getStarted().hasResumedFrom()).isFalse();
  }

  @Test
  void startFork_ofARun_namesItAndPublishesAllItsOwnSteps() {
    RunPublisher publisher = publisher(producer, GradientCadence.NONE);
    var _ = publisher.startFork("1.0", "parent", 40);
    for (int step = 40; step < 43; step++) {
      publisher.onStep(Samples.bare(step, Samples.vector(kernels, 1)));
    }
    RunStarted started = ((RunEvent) producer.history().getFirst().value()).getStarted();
    assertThat(started.getRunId()).isEqualTo("run-1");
    assertThat(started.getResumedFrom().getRunId()).isEqualTo("parent");
    assertThat(started.getResumedFrom().getStep()).isEqualTo(40);
    assertThat(Samples.sent(producer, Topic.STEPS))
        .extracting(record -> ((StepObserved) record.value()).getStep())
        .containsExactly(40L, 41L, 42L);
    assertThat(Samples.sent(producer, Topic.STEPS))
        .noneMatch(record -> ((StepObserved) record.value()).hasResumption());
  }

  @Test
  void resume_afterSteps_publishesNewOnesAndAllGradientsYoungerThanAllBefore() {
    RunPublisher publisher = publisher(producer, Samples.EVERY_SECOND);
    // an end at 7 000 by a clock that was ahead
    publisher.resume("1.0", new PublishedSteps(OptionalLong.of(3), 7_000, 2));
    for (int step = 2; step < 6; step++) {
      publisher.onStep(Samples.bare(step, Samples.vector(kernels, 1)));
    }
    publisher.end(RunStatus.RUN_STATUS_COMPLETED, "");
    var started = ((RunEvent) producer.history().getFirst().value()).getStarted();
    assertThat(started.getResumedFrom().getRunId()).isEqualTo("run-1");
    assertThat(started.getResumedFrom().getStep()).isEqualTo(4);
    assertThat(Samples.sent(producer, Topic.STEPS))
        .extracting(record -> ((StepObserved) record.value()).getStep())
        .containsExactly(4L, 5L);
    assertThat(Samples.sent(producer, Topic.STEPS))
        .extracting(record -> ((StepObserved) record.value()).getResumption())
        .containsOnly(3);
    assertThat(Samples.sent(producer, Topic.GRADIENTS))
        .extracting(record -> ((GradientChunk) record.value()).getStep())
        .containsExactly(2L, 4L);
    assertThat(producer.history().getFirst().timestamp()).isGreaterThanOrEqualTo(7_000);
    assertThat(producer.history()).extracting(ProducerRecord::timestamp).isSorted();
  }

  @Test
  void end_afterSteps_namesTheLast() {
    RunPublisher publisher = publisher(producer, Samples.EVERY_SECOND);
    publish(publisher, 3);
    publisher.end(RunStatus.RUN_STATUS_STOPPED, "stopped by a signal");
    var ended = ((RunEvent) Samples.sent(producer, Topic.RUNS).getLast().value()).getEnded();
    assertThat(ended.getLastStep()).isEqualTo(2);
    assertThat(ended.getStatus()).isEqualTo(RunStatus.RUN_STATUS_STOPPED);
    assertThat(ended.getReason()).isEqualTo("stopped by a signal");
    assertThat(publisher.lastStep()).isEqualTo(OptionalLong.of(2));
  }

  @Test
  void end_withoutSteps_leavesTheLastStepOut() {
    RunPublisher publisher = publisher(producer, Samples.EVERY_SECOND);
    publish(publisher, 0);
    publisher.end(RunStatus.RUN_STATUS_FAILED, "no memory");
    var ended = ((RunEvent) producer.history().getLast().value()).getEnded();
    assertThat(ended.hasLastStep()).isFalse();
  }

  @Test
  void onStep_gradientsEverySecond_areDecodable() {
    publish(publisher(producer, Samples.EVERY_SECOND), 3);
    GradientAssembler assembler = new GradientAssembler(1, 1 << 20);
    List<GradientResult> results =
        Samples.sent(producer, Topic.GRADIENTS).stream()
            .flatMap(record -> assembler.accept((GradientChunk) record.value()).stream())
            .toList();
    assertThat(results).extracting(GradientResult::step).containsExactly(0L, 2L);
    assertThat(results.getLast())
        .isInstanceOfSatisfying(
            GradientResult.Complete.class,
            complete -> assertThat(complete.gradient()).containsExactly(2f, 0.1f, -1e-3f));
  }

  @Test
  void onStep_noGradients_sendsNone() {
    publish(publisher(producer, GradientCadence.NONE), 3);
    assertThat(Samples.sent(producer, Topic.GRADIENTS)).isEmpty();
  }

  @Test
  void onStep_second_tellsHowLongTheFirstTookToPublish() {
    publish(publisher(producer, GradientCadence.NONE), 2);
    List<ProducerRecord<String, Message>> steps = Samples.sent(producer, Topic.STEPS);
    assertThat(((StepObserved) steps.get(0).value()).getTiming().hasPublishNs()).isFalse();
    assertThat(((StepObserved) steps.get(1).value()).getTiming().hasPublishNs()).isTrue();
  }

  @Test
  void position_acknowledged_onceKafkaHasTheNewest() {
    MockProducer<String, Message> kafka =
        new MockProducer<>(false, null, new StringSerializer(), new MessageSerializer());
    RunPublisher publisher =
        new RunPublisher(kafka, Samples.RUN, Samples.EVERY_SECOND, Samples.CLOCK, () -> false);
    publisher.onStep(Samples.bare(0, Samples.vector(kernels, 1)));
    Position position = publisher.position();
    assertThat(position.lastStep()).hasValue(0);
    assertThat(position.lastStepTimestamp()).isEqualTo(5_000);
    assertThat(kafka.completeNext()).isTrue(); // the step
    assertThat(position.isAcknowledged()).isFalse();
    assertThat(kafka.completeNext()).isTrue(); // its gradient
    assertThat(position.isAcknowledged()).isTrue();
  }
}
