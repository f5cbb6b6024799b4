package brink.trainer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import brink.schemas.MessageSerializer;
import brink.schemas.PublishException;
import brink.schemas.Topic;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.v1.RunStatus;
import brink.v1.StepObserved;
import com.google.protobuf.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

/** A Kafka that takes records late, or not at all. */
final class RunPublisherOutageTest {
  private static final String LIMIT =
      " for up to 12 h (--outage-limit), and goes on by itself; ./brink doctor says what is wrong";

  private final Kernels kernels = new CpuKernels(1);
  private final FullProducer producer = new FullProducer(0);
  private final List<String> notes = new ArrayList<>();

  @AfterEach
  void close() {
    kernels.close();
  }

  private RunPublisher publisher(FullProducer kafka, GradientCadence cadence) {
    return Samples.publisher(kafka, cadence, notes::add);
  }

  private void publish(RunPublisher publisher, int steps) {
    Samples.publish(kernels, publisher, steps);
  }

  @Test
  void onStep_bufferFullForAWhile_waitsAndLosesNothing() {
    FullProducer kafka = new FullProducer(2);
    RunPublisher publisher = publisher(kafka, GradientCadence.NONE);
    publish(publisher, 2);
    publisher.end(RunStatus.RUN_STATUS_COMPLETED, "");
    assertThat(kafka.refused()).isEqualTo(2);
    assertThat(Samples.sent(kafka, Topic.STEPS))
        .extracting(record -> ((StepObserved) record.value()).getStep())
        .containsExactly(0L, 1L);
    assertThat(notes)
        .containsExactly(
            "run run-1: no broker takes its records; training waits before its first step" + LIMIT,
            "run run-1: a broker takes its records again; training goes on before its first step");
  }

  @Test
  void onStep_brokerAlwaysThere_saysNothing() {
    RunPublisher publisher = publisher(producer, Samples.EVERY_SECOND);
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
            Samples.CLOCK,
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
        new RunPublisher(
            silent(answered), Samples.RUN, GradientCadence.NONE, Samples.CLOCK, () -> true);
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
            Samples.CLOCK,
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
              kafka,
              Samples.RUN,
              GradientCadence.NONE,
              Samples.CLOCK,
              () -> asked.incrementAndGet() == 3);
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
        new RunPublisher(broken, Samples.RUN, GradientCadence.NONE, Samples.CLOCK, () -> true);
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
            kafka,
            Samples.RUN,
            Samples.EVERY_SECOND,
            Samples.CLOCK,
            Outage.unlimited(() -> false, notes::add));
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
        new RunPublisher(kafka, Samples.RUN, GradientCadence.NONE, Samples.CLOCK, () -> false);
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
        new RunPublisher(kafka, Samples.RUN, GradientCadence.NONE, Samples.CLOCK, () -> false);
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
        new RunPublisher(kafka, Samples.RUN, GradientCadence.NONE, Samples.CLOCK, outage);
    assertThatThrownBy(() -> publish(publisher, 1))
        .isInstanceOf(PublishException.class)
        .hasMessageContaining("buffer is full");
    assertThat(kafka.refused()).isEqualTo(6);
    assertThat(notes).singleElement().asString().contains("for up to 90 s (--outage-limit)");
  }

  @Test
  void start_recordTimeOutOfRange_saysThatAClockIsWrong() {
    FullProducer kafka = new FullProducer(1, new InvalidTimestampException("out of range"));
    assertThatThrownBy(() -> publisher(kafka, GradientCadence.NONE).start("1.0"))
        .isInstanceOf(PublishException.class)
        .hasMessageContaining("out of range; set this machine's clock");
  }
}
