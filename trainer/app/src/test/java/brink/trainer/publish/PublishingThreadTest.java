package brink.trainer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import brink.schemas.MessageSerializer;
import brink.schemas.PublishException;
import brink.schemas.Topic;
import brink.schemas.gradient.GradientAssembler;
import brink.schemas.gradient.GradientResult;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.v1.GradientChunk;
import brink.v1.GradientEncoding;
import brink.v1.RunStatus;
import brink.v1.StepObserved;
import com.google.protobuf.Message;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PublishingThreadTest {
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(5_000), ZoneOffset.UTC);
  private static final GradientCadence EVERY =
      new GradientCadence(1, GradientEncoding.GRADIENT_ENCODING_F32);

  private final Kernels kernels = new CpuKernels(1);
  private final Tensor gradient = kernels.allocate(1, 2);

  @AfterEach
  void close() {
    kernels.close();
  }

  /** Takes records when it is let, and refuses large steps. */
  private static final class GatedProducer extends MockProducer<String, Message> {
    private final CountDownLatch gate;
    private final long tooLarge;

    GatedProducer(CountDownLatch gate, long tooLarge) {
      super(true, null, new StringSerializer(), new MessageSerializer());
      this.gate = gate;
      this.tooLarge = tooLarge;
    }

    @Override
    public synchronized Future<RecordMetadata> send(
        ProducerRecord<String, Message> record, Callback callback) {
      try {
        gate.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (record.value() instanceof StepObserved step && step.getStep() == tooLarge) {
        callback.onCompletion(null, new RecordTooLargeException("too large"));
        return CompletableFuture.failedFuture(new RecordTooLargeException("too large"));
      }
      return super.send(record, callback);
    }
  }

  private static GatedProducer open() {
    return new GatedProducer(new CountDownLatch(0), -1);
  }

  private static RunPublisher publisher(GatedProducer kafka, GradientCadence cadence) {
    return new RunPublisher(kafka, Samples.RUN, cadence, CLOCK, () -> true);
  }

  private PublishingThread thread(RunPublisher publisher) {
    return new PublishingThread(publisher, kernels, 2, CLOCK);
  }

  /** Hands over a step whose gradient is overwritten at once. */
  private void hand(PublishingThread publishing, long step) {
    gradient.set(new double[] {step, step + 0.5});
    publishing.onStep(Samples.bare(step, gradient));
    gradient.set(new double[] {Double.NaN, Double.NaN});
  }

  private static List<Long> steps(GatedProducer kafka) {
    return kafka.history().stream()
        .filter(record -> record.topic().equals(Topic.STEPS.topicName()))
        .map(record -> ((StepObserved) record.value()).getStep())
        .toList();
  }

  @Test
  void steps_handedOver_arePublishedInOrderWithTheirGradients() {
    GatedProducer kafka = open();
    try (PublishingThread publishing = thread(publisher(kafka, EVERY))) {
      for (int step = 0; step < 200; step++) {
        hand(publishing, step);
      }
      publishing.drained().end(RunStatus.RUN_STATUS_COMPLETED, "");
    }

    assertThat(steps(kafka)).containsExactlyElementsOf(LongStream.range(0, 200).boxed().toList());
    GradientAssembler assembler = new GradientAssembler(1, 1 << 20);
    List<GradientResult> gradients =
        kafka.history().stream()
            .filter(record -> record.topic().equals(Topic.GRADIENTS.topicName()))
            .flatMap(record -> assembler.accept((GradientChunk) record.value()).stream())
            .toList();
    assertThat(gradients).hasSize(200);
    for (int step = 0; step < 200; step++) {
      float expected = step;
      assertThat(gradients.get(step))
          .isInstanceOfSatisfying(
              GradientResult.Complete.class,
              complete ->
                  assertThat(complete.gradient()).containsExactly(expected, expected + 0.5f));
    }
  }

  @Test
  void steps_beforeTheOneResumedAt_areLeftOutButTheirGradients() {
    GatedProducer kafka = open();
    RunPublisher publisher = publisher(kafka, EVERY);
    publisher.resume("1.0", new PublishedSteps(OptionalLong.of(3), 4_000, 0));
    try (PublishingThread publishing = thread(publisher)) {
      for (int step = 2; step < 6; step++) {
        hand(publishing, step);
      }
      assertThat(publishing.lastStep()).isEqualTo(5);
      publishing.drained();
    }

    assertThat(steps(kafka)).containsExactly(4L, 5L);
    assertThat(kafka.history())
        .filteredOn(record -> record.topic().equals(Topic.GRADIENTS.topicName()))
        .extracting(record -> ((GradientChunk) record.value()).getStep())
        .containsExactly(2L, 3L, 4L, 5L);
  }

  @Test
  void training_whileKafkaTakesNothing_goesOnForAWhileAndThenWaits() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    GatedProducer kafka = new GatedProducer(gate, -1);
    AtomicInteger handed = new AtomicInteger();
    try (PublishingThread publishing = thread(publisher(kafka, GradientCadence.NONE))) {
      FutureTask<Boolean> training =
          new FutureTask<>(
              () -> {
                for (int step = 0; step < 100; step++) {
                  hand(publishing, step);
                  handed.incrementAndGet();
                }
              },
              true);
      Thread thread = Thread.ofPlatform().daemon().start(training);
      // One step stands before the gate, 64 wait for it, and training for a place among these.
      await().until(() -> handed.get() == 65 && thread.getState() == Thread.State.WAITING);

      gate.countDown();
      training.get();
      publishing.drained();
    }

    assertThat(steps(kafka)).hasSize(100);
  }

  @Test
  void steps_afterOneThatKafkaRefused_failTheRun() {
    GatedProducer kafka = new GatedProducer(new CountDownLatch(0), 2);
    try (PublishingThread publishing = thread(publisher(kafka, EVERY))) {
      assertThatThrownBy(
              () -> {
                for (int step = 0; step < 1_000; step++) {
                  hand(publishing, step);
                }
              })
          .isInstanceOf(PublishException.class)
          .hasMessageStartingWith(
              "run run-1: Kafka did not take a record of brink.steps: too large");
      assertThatThrownBy(publishing::drained).isInstanceOf(PublishException.class);
    }

    assertThat(steps(kafka)).containsExactly(0L, 1L);
  }
}
