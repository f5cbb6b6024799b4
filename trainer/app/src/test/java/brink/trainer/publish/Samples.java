package brink.trainer.publish;

import brink.schemas.Topic;
import brink.trainer.descent.Hyperparameters;
import brink.trainer.descent.StepRecord;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.v1.GradientEncoding;
import com.google.protobuf.Message;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A run and its steps, for tests. */
final class Samples {
  static final RunDescription RUN =
      new RunDescription(
          new RunNames("run-1", "a run", "study", Map.of("machine", "desk")),
          new ProblemDescription("bn-linear", "linear 3→1", "synthetic", 5, 3, 3),
          DescentDescription.plain(new Hyperparameters(0.5, 0.02), 100),
          new ComputationDescription("float64", "cpu", 7, 1e-17));

  static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(5_000), ZoneOffset.UTC);

  /** Gradients of every second step. */
  static final GradientCadence EVERY_SECOND =
      new GradientCadence(2, GradientEncoding.GRADIENT_ENCODING_F32);

  private Samples() {}

  /** A publisher of {@link #RUN} that is abandoned once Kafka refused three records. */
  static RunPublisher publisher(
      FullProducer kafka, GradientCadence cadence, Consumer<String> notes) {
    return new RunPublisher(
        kafka, RUN, cadence, CLOCK, Outage.unlimited(() -> kafka.refused() > 2, notes));
  }

  /** Publishes the start of a run and its first steps. */
  static void publish(Kernels kernels, RunPublisher publisher, int steps) {
    publisher.start("1.0");
    for (int step = 0; step < steps; step++) {
      publisher.onStep(bare(step, vector(kernels, step, 0.1, -1e-3)));
    }
  }

  /** What was sent to a topic. */
  static List<ProducerRecord<String, Message>> sent(FullProducer kafka, Topic topic) {
    return kafka.history().stream()
        .filter(record -> record.topic().equals(topic.topicName()))
        .toList();
  }

  /** A step of which only the necessary was measured. */
  static StepRecord bare(long step, Tensor gradient) {
    return new StepRecord(
        step, 0.25, 4, 9, 0.5, 0.02, null, null, List.of(), null, 11, 12, gradient);
  }

  static Tensor vector(Kernels kernels, double... values) {
    Tensor tensor = kernels.allocate(1, values.length);
    tensor.set(values);
    return tensor;
  }
}
