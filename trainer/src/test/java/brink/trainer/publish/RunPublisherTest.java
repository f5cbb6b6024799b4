package brink.trainer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import brink.schemas.MessageSerializer;
import brink.schemas.Topic;
import brink.schemas.gradient.GradientAssembler;
import brink.schemas.gradient.GradientResult;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.v1.GradientChunk;
import brink.v1.GradientEncoding;
import brink.v1.RunEvent;
import brink.v1.RunStatus;
import brink.v1.StepObserved;
import com.google.protobuf.Message;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunPublisherTest {
  private static final String LIMIT =
      " for up to 12 h (--outage-limit), and goes on by itself; ./brink doctor says what is wrong";
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(5_000), ZoneOffset.UTC);
  private static final GradientCadence SECOND =
      new GradientCadence(2, GradientEncoding.GRADIENT_ENCODING_F32);

  private final Kernels kernels = new CpuKernels(1);
  private final FullProducer producer = new FullProducer(0);
  private final List<String> notes = new ArrayList<>();

  @AfterEach
  void close() {
    kernels.close();
  }

  private RunPublisher publisher(FullProducer kafka, GradientCadence cadence) {
    return new RunPublisher(
        kafka,
        Samples.RUN,
        cadence,
        CLOCK,
        Outage.unlimited(() -> kafka.refused() > 2, notes::add));
  }

  private void publish(RunPublisher publisher, int steps) {
    publisher.start("1.0");
    for (int step = 0; step < steps; step++) {
      publisher.onStep(Samples.bare(step, Samples.vector(kernels, step, 0.1, -1e-3)));
    }
  }

  private static List<ProducerRecord<String, Message>> of(FullProducer kafka, Topic topic) {
    return kafka.history().stream()
        .filter(record -> record.topic().equals(topic.topicName()))
        .toList();
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
    publisher(producer, SECOND).start("1.0");
    RunEvent event = (RunEvent) producer.history().getFirst().value();
    assertThat(event.getStarted().getRunId()).isEqualTo("run-1");
    assertThat(event.getStarted().getProducer().getVersion()).isEqualTo("1.0");
    assertThat(event.getStarted().getTagsMap()).containsEntry("machine", "desk");
    assertThat(event.getStarted().getPlannedSteps()).isEqualTo(100);
    assertThat(event.getStarted().hasResumedFrom()).isFalse();
  }

  @Test
  void resume_afterSteps_publishesNewOnesAndAllGradientsYoungerThanAllBefore() {
    RunPublisher publisher = publisher(producer, SECOND);
    // an end at 7 000 by a clock that was ahead
    publisher.resume("1.0", new PublishedSteps(OptionalLong.of(3), 7_000, 2));
    for (int step = 2; step < 6; step++) {
      publisher.onStep(Samples.bare(step, Samples.vector(kernels, 1)));
    }
    publisher.end(RunStatus.RUN_STATUS_COMPLETED, "");
    var started = ((RunEvent) producer.history().getFirst().value()).getStarted();
    assertThat(started.getResumedFrom().getRunId()).isEqualTo("run-1");
    assertThat(started.getResumedFrom().getStep()).isEqualTo(4);
    assertThat(of(producer, Topic.STEPS))
        .extracting(record -> ((StepObserved) record.value()).getStep())
        .containsExactly(4L, 5L);
    assertThat(of(producer, Topic.STEPS))
        .extracting(record -> ((StepObserved) record.value()).getResumption())
        .containsOnly(3);
    assertThat(of(producer, Topic.GRADIENTS))
        .extracting(record -> ((GradientChunk) record.value()).getStep())
        .containsExactly(2L, 4L);
    assertThat(producer.history().getFirst().timestamp()).isGreaterThanOrEqualTo(7_000);
    assertThat(producer.history()).extracting(ProducerRecord::timestamp).isSorted();
  }

  @Test
  void end_afterSteps_namesTheLast() {
    RunPublisher publisher = publisher(producer, SECOND);
    publish(publisher, 3);
    publisher.end(RunStatus.RUN_STATUS_STOPPED, "stopped by a signal");
    var ended = ((RunEvent) of(producer, Topic.RUNS).getLast().value()).getEnded();
    assertThat(ended.getLastStep()).isEqualTo(2);
    assertThat(ended.getStatus()).isEqualTo(RunStatus.RUN_STATUS_STOPPED);
    assertThat(ended.getReason()).isEqualTo("stopped by a signal");
    assertThat(publisher.lastStep()).isEqualTo(OptionalLong.of(2));
  }

  @Test
  void end_withoutSteps_leavesTheLastStepOut() {
    RunPublisher publisher = publisher(producer, SECOND);
    publish(publisher, 0);
    publisher.end(RunStatus.RUN_STATUS_FAILED, "no memory");
    var ended = ((RunEvent) producer.history().getLast().value()).getEnded();
    assertThat(ended.hasLastStep()).isFalse();
  }

  @Test
  void onStep_gradientsEverySecond_areDecodable() {
    publish(publisher(producer, SECOND), 3);
    GradientAssembler assembler = new GradientAssembler(1, 1 << 20);
    List<GradientResult> results =
        of(producer, Topic.GRADIENTS).stream()
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
    assertThat(of(producer, Topic.GRADIENTS)).isEmpty();
  }

  @Test
  void onStep_second_tellsHowLongTheFirstTookToPublish() {
    publish(publisher(producer, GradientCadence.NONE), 2);
    List<ProducerRecord<String, Message>> steps = of(producer, Topic.STEPS);
    assertThat(((StepObserved) steps.get(0).value()).getTiming().hasPublishNs()).isFalse();
    assertThat(((StepObserved) steps.get(1).value()).getTiming().hasPublishNs()).isTrue();
  }

  @Test
  void onStep_bufferFullForAWhile_waitsAndLosesNothing() {
    FullProducer kafka = new FullProducer(2);
    RunPublisher publisher = publisher(kafka, GradientCadence.NONE);
    publish(publisher, 2);
    publisher.end(RunStatus.RUN_STATUS_COMPLETED, "");
    assertThat(kafka.refused()).isEqualTo(2);
    assertThat(of(kafka, Topic.STEPS))
        .extracting(record -> ((StepObserved) record.value()).getStep())
        .containsExactly(0L, 1L);
    assertThat(notes)
        .containsExactly(
            "run run-1: no broker takes its records; training waits before its first step" + LIMIT,
            "run run-1: a broker takes its records again; training goes on before its first step");
  }

  @Test
  void onStep_brokerAlwaysThere_saysNothing() {
    RunPublisher publisher = publisher(producer, SECOND);
    publish(publisher, 3);
    publisher.end(RunStatus.RUN_STATUS_COMPLETED, "");
    assertThat(notes).isEmpty();
  }

  /** A producer that acknowledges nothing until it is let. */
  private static MockProducer<String, Message> silent(CountDownLatch answered) {
    return new MockProducer<>(true, null, new StringSerializer(), new MessageSerializer()) {
      @Override
      public synchronized void flush() {
        try {
          answered.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    };
  }

  @Test
  void flush_kafkaAnswersLate_saysOnceThatTheRunWaitsAndOnceThatItGoesOn() {
    CountDownLatch answered = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    RunPublisher publisher =
        new RunPublisher(
            silent(answered),
            Samples.RUN,
            GradientCadence.NONE,
            CLOCK,
            Outage.unlimited(
                () -> {
                  if (asked.incrementAndGet() == 3) {
                    answered.countDown();
                  }
                  return false;
                },
                notes::add));
    publisher.onStep(Samples.bare(0, Samples.vector(kernels, 1)));
    publisher.flush(Duration.ofMillis(1));
    assertThat(asked.get()).isGreaterThanOrEqualTo(3);
    assertThat(notes)
        .containsExactly(
            "run run-1: no broker takes its records; training waits after step 0" + LIMIT,
            "run run-1: a broker takes its records again; training goes on after step 0");
  }

  @Test
  void flush_kafkaSilentAndAbandoned_endsAndSaysSo() {
    CountDownLatch answered = new CountDownLatch(1);
    RunPublisher publisher =
        new RunPublisher(silent(answered), Samples.RUN, GradientCadence.NONE, CLOCK, () -> true);
    publisher.onStep(Samples.bare(0, Samples.vector(kernels, 1)));
    assertThatThrownBy(() -> publisher.flush(Duration.ofMillis(1)))
        .isInstanceOf(PublishException.class)
        .hasMessage(
            "run run-1: Kafka did not take all records up to step 0: no broker has acknowledged"
                + " them; check the broker and the topics with ./brink doctor");
    answered.countDown();
  }

  @Test
  void onStep_recordLostWhileWaiting_failsTheRunAtOnce() {
    List<Callback> underWay = new ArrayList<>();
    MockProducer<String, Message> kafka =
        new MockProducer<>(false, null, new StringSerializer(), new MessageSerializer()) {
          @Override
          public synchronized Future<RecordMetadata> send(
              ProducerRecord<String, Message> record, Callback callback) {
            if (underWay.isEmpty()) {
              underWay.add(callback);
            } else {
              callback.onCompletion(null, new TimeoutException("no metadata"));
            }
            return new CompletableFuture<>();
          }
        };
    AtomicInteger asked = new AtomicInteger();
    RunPublisher publisher =
        new RunPublisher(
            kafka,
            Samples.RUN,
            GradientCadence.NONE,
            CLOCK,
            () -> {
              underWay.getFirst().onCompletion(null, new TimeoutException("120000 ms have passed"));
              return asked.incrementAndGet() > 1;
            });
    publisher.onStep(Samples.bare(0, Samples.vector(kernels, 1)));
    assertThatThrownBy(() -> publisher.onStep(Samples.bare(1, Samples.vector(kernels, 1))))
        .isInstanceOf(PublishException.class)
        .hasMessageStartingWith(
            "run run-1: Kafka did not take a record after step 0: 120000 ms have passed");
  }

  @Test
  void onStep_bufferFullAndAbandoned_saysSo() {
    RunPublisher publisher = publisher(new FullProducer(100), GradientCadence.NONE);
    assertThatThrownBy(() -> publisher.onStep(Samples.bare(0, Samples.vector(kernels, 1))))
        .isInstanceOf(PublishException.class)
        .hasMessage(
            "run run-1: Kafka did not take a record of brink.steps: buffer is full; check the"
                + " broker and the topics with ./brink doctor");
  }

  @Test
  void onStep_kafkasOwnProducerWithoutABroker_waitsUntilAbandoned() {
    AtomicInteger asked = new AtomicInteger();
    Map<String, Object> nowhere =
        Map.of(
            "bootstrap.servers", "127.0.0.1:1",
            "max.block.ms", "10",
            "reconnect.backoff.ms", "1000",
            // else the client's thread asks for a producer id and holds close up for 30 s
            "enable.idempotence", "false");
    try (Producer<String, Message> kafka =
        new KafkaProducer<>(nowhere, new StringSerializer(), new MessageSerializer())) {
      RunPublisher publisher =
          new RunPublisher(
              kafka, Samples.RUN, GradientCadence.NONE, CLOCK, () -> asked.incrementAndGet() == 3);
      assertThatThrownBy(() -> publisher.onStep(Samples.bare(0, Samples.vector(kernels, 1))))
          .isInstanceOf(PublishException.class)
          .hasMessageStartingWith("run run-1: Kafka did not take a record of brink.steps: ");
    }
    assertThat(asked).hasValue(3);
  }

  @Test
  void onStep_recordRefusedAtOnce_namesTheRun() {
    FullProducer kafka =
        new FullProducer(100, new RecordTooLargeException("larger than max.request.size"));
    RunPublisher publisher = publisher(kafka, GradientCadence.NONE);
    assertThatThrownBy(() -> publisher.onStep(Samples.bare(0, Samples.vector(kernels, 1))))
        .isInstanceOf(PublishException.class)
        .hasMessageStartingWith(
            "run run-1: Kafka did not take a record of brink.steps: larger than max.request.size;");
  }

  @Test
  void onStep_afterADeliveryFailed_namesTheRun() {
    RunPublisher publisher = publisher(producer, GradientCadence.NONE);
    publish(publisher, 1);
    producer.failLater(new RecordTooLargeException("too large"));
    publisher.onStep(Samples.bare(1, Samples.vector(kernels, 1)));
    producer.failNow();
    assertThatThrownBy(() -> publisher.onStep(Samples.bare(2, Samples.vector(kernels, 1))))
        .isInstanceOf(PublishException.class)
        .hasMessageStartingWith("run run-1: Kafka did not take a record after step 1: too large");
    assertThatThrownBy(() -> publisher.end(RunStatus.RUN_STATUS_COMPLETED, ""))
        .isInstanceOf(PublishException.class);
  }

  @Test
  void start_refused_namesTheRun() {
    MockProducer<String, Message> broken =
        new MockProducer<>(false, null, new StringSerializer(), new MessageSerializer()) {
          @Override
          public synchronized Future<RecordMetadata> send(
              ProducerRecord<String, Message> record, Callback callback) {
            return CompletableFuture.failedFuture(new TimeoutException("no metadata"));
          }
        };
    RunPublisher publisher =
        new RunPublisher(broken, Samples.RUN, GradientCadence.NONE, CLOCK, () -> true);
    assertThatThrownBy(() -> publisher.start("1.0"))
        .isInstanceOf(PublishException.class)
        .hasMessage(
            "run run-1: Kafka did not take the start of the run: no metadata; check the broker and"
                + " the topics with ./brink doctor");
  }

  /** Loses the records of one topic, as a broker does that refuses them. */
  private static MockProducer<String, Message> losing(Topic lost) {
    return new MockProducer<>(true, null, new StringSerializer(), new MessageSerializer()) {
      @Override
      public synchronized Future<RecordMetadata> send(
          ProducerRecord<String, Message> record, Callback callback) {
        if (!record.topic().equals(lost.topicName())) {
          return super.send(record, callback);
        }
        Thread.ofPlatform()
            .start(() -> callback.onCompletion(null, new RecordTooLargeException("too large")));
        return CompletableFuture.failedFuture(new RecordTooLargeException("too large"));
      }
    };
  }

  @Test
  void onStep_gradientsLost_goesOnWithoutThemAndSaysSo() {
    MockProducer<String, Message> kafka = losing(Topic.GRADIENTS);
    RunPublisher publisher =
        new RunPublisher(
            kafka, Samples.RUN, SECOND, CLOCK, Outage.unlimited(() -> false, notes::add));
    publish(publisher, 3);
    await().untilAsserted(() -> assertThat(publisher.lostGradients()).isEqualTo(2));
    publisher.end(RunStatus.RUN_STATUS_COMPLETED, "");
    assertThat(kafka.history())
        .extracting(ProducerRecord::topic)
        .containsExactly("brink.runs", "brink.steps", "brink.steps", "brink.steps", "brink.runs");
    assertThat(publisher.position().isAcknowledged()).isTrue();
    assertThat(notes)
        .containsExactly(
            "run run-1: Kafka did not take the gradient of step 0 (too large); training goes on"
                + " without it, ./brink doctor checks the topics",
            "run run-1: 2 of its steps are without their gradient in Kafka");
  }

  @Test
  void onStep_stepLost_closesTheProducerSoThatNothingFollowsTheGap() {
    MockProducer<String, Message> kafka = losing(Topic.STEPS);
    RunPublisher publisher =
        new RunPublisher(kafka, Samples.RUN, GradientCadence.NONE, CLOCK, () -> false);
    publisher.start("1.0");
    publisher.onStep(Samples.bare(0, Samples.vector(kernels, 1)));
    await().until(kafka::closed);
    assertThatThrownBy(() -> publisher.onStep(Samples.bare(1, Samples.vector(kernels, 1))))
        .isInstanceOf(PublishException.class)
        .hasMessageContaining("a record after step 0: too large");
    assertThat(publisher.position().isAcknowledged()).isFalse();
  }

  @Test
  void onStep_earlierStepLostWhileItIsHandedOver_saysThatAndNotThatTheProducerIsClosed() {
    List<Callback> underWay = new ArrayList<>();
    MockProducer<String, Message> kafka =
        new MockProducer<>(false, null, new StringSerializer(), new MessageSerializer()) {
          @Override
          public synchronized Future<RecordMetadata> send(
              ProducerRecord<String, Message> record, Callback callback) {
            underWay.forEach(
                earlier -> earlier.onCompletion(null, new TimeoutException("120000 ms passed")));
            underWay.add(callback);
            return super.send(record, callback); // throws once it is closed
          }
        };
    RunPublisher publisher =
        new RunPublisher(kafka, Samples.RUN, GradientCadence.NONE, CLOCK, () -> false);
    publisher.onStep(Samples.bare(0, Samples.vector(kernels, 1)));
    assertThatThrownBy(() -> publisher.onStep(Samples.bare(1, Samples.vector(kernels, 1))))
        .isInstanceOf(PublishException.class)
        .hasMessageContaining("a record after step 0: 120000 ms passed");
  }

  @Test
  void onStep_outageBeyondItsLimit_endsTheRun() {
    AtomicLong seconds = new AtomicLong();
    Outage outage =
        new Outage(
            Duration.ofSeconds(90),
            () -> false,
            notes::add,
            () -> TimeUnit.SECONDS.toNanos(seconds.getAndAdd(20)));
    FullProducer kafka = new FullProducer(100);
    RunPublisher publisher =
        new RunPublisher(kafka, Samples.RUN, GradientCadence.NONE, CLOCK, outage);
    assertThatThrownBy(() -> publish(publisher, 1))
        .isInstanceOf(PublishException.class)
        .hasMessageContaining("buffer is full");
    assertThat(kafka.refused()).isEqualTo(6);
    assertThat(notes).singleElement().asString().contains("for up to 90 s (--outage-limit)");
  }

  @Test
  void position_acknowledged_onceKafkaHasTheNewest() {
    MockProducer<String, Message> kafka =
        new MockProducer<>(false, null, new StringSerializer(), new MessageSerializer());
    RunPublisher publisher = new RunPublisher(kafka, Samples.RUN, SECOND, CLOCK, () -> false);
    publisher.onStep(Samples.bare(0, Samples.vector(kernels, 1)));
    Position position = publisher.position();
    assertThat(position.lastStep()).hasValue(0);
    assertThat(position.lastStepTimestamp()).isEqualTo(5_000);
    assertThat(kafka.completeNext()).isTrue(); // the step
    assertThat(position.isAcknowledged()).isFalse();
    assertThat(kafka.completeNext()).isTrue(); // its gradient
    assertThat(position.isAcknowledged()).isTrue();
  }

  @Test
  void start_recordTimeOutOfRange_saysThatAClockIsWrong() {
    FullProducer kafka = new FullProducer(1, new InvalidTimestampException("out of range"));
    assertThatThrownBy(() -> publisher(kafka, GradientCadence.NONE).start("1.0"))
        .isInstanceOf(PublishException.class)
        .hasMessageContaining("out of range; set this machine's clock");
  }
}
