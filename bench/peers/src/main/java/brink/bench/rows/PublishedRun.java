package brink.bench.rows;

import brink.schemas.KafkaSettings;
import brink.schemas.MessageSerializer;
import brink.schemas.Replication;
import brink.schemas.Topic;
import brink.schemas.TopicCreation;
import brink.trainer.descent.CurvaturePoints;
import brink.trainer.descent.DescentSettings;
import brink.trainer.descent.Hyperparameters;
import brink.trainer.kernels.Kernels;
import brink.trainer.landscape.Landscape;
import brink.trainer.publish.ComputationDescription;
import brink.trainer.publish.DescentDescription;
import brink.trainer.publish.GradientCadence;
import brink.trainer.publish.ProblemDescription;
import brink.trainer.publish.PublishingThread;
import brink.trainer.publish.RunDescription;
import brink.trainer.publish.RunNames;
import brink.trainer.publish.RunPublisher;
import brink.v1.GradientEncoding;
import brink.v1.RunStatus;
import com.google.protobuf.Message;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A run that goes on and on, published or not, until Kafka has everything. */
public final class PublishedRun implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);
  private final Landscape landscape;
  private final Hyperparameters hyperparameters;
  private final Walk walk;
  private final Producer<String, Message> producer;
  private final Producer<String, byte[]> bare;
  private int runs;

  /**
   * @param weights where it begins
   */
  public PublishedRun(
      Landscape landscape,
      double[] weights,
      Hyperparameters hyperparameters,
      String bootstrapServers) {
    this.landscape = landscape;
    this.hyperparameters = hyperparameters;
    walk =
        new Walk(
            landscape,
            weights,
            DescentSettings.of(hyperparameters, Integer.MAX_VALUE)
                .withCurvature(CurvaturePoints.NONE, 0));
    KafkaSettings kafka = KafkaSettings.of(bootstrapServers);
    TopicCreation.ensure(kafka, Topic.DEFAULT_PARTITIONS, Replication.AUTOMATIC);
    producer =
        new KafkaProducer<>(kafka.producer(), new StringSerializer(), new MessageSerializer());
    bare = new KafkaProducer<>(kafka.producer(), new StringSerializer(), new ByteArraySerializer());
  }

  /** Trains without publishing. */
  public void train(int steps) {
    walk.run(steps, _ -> {});
  }

  /** Trains and publishes; returns when Kafka has acknowledged all of it. */
  public void trainAndPublish(int steps, GradientCadence gradients) {
    runs++;
    RunPublisher publisher =
        new RunPublisher(
            producer,
            description("bench-" + runs, steps),
            gradients,
            Clock.systemUTC(),
            () -> false);
    publisher.start("bench");
    try (PublishingThread publishing =
        new PublishingThread(
            publisher, landscape.kernels(), landscape.dimension(), Clock.systemUTC())) {
      walk.run(steps, publishing);
      publishing.drained().end(RunStatus.RUN_STATUS_COMPLETED, "");
    }
  }

  /**
   * Trains, and sends as many bytes as every step's gradient has, which are ready; returns when
   * Kafka has acknowledged all of them.
   */
  public void trainAndSendReady(int steps, GradientEncoding encoding) {
    try (ReadyGradients ready = new ReadyGradients(bare, landscape.dimension(), encoding, steps)) {
      walk.run(steps, ready);
    }
  }

  private RunDescription description(String runId, int steps) {
    Kernels kernels = landscape.kernels();
    return new RunDescription(
        new RunNames(runId, runId, "", Map.of()),
        new ProblemDescription(
            "bench", "bench", "bench", 1, landscape.dimension(), landscape.dimension()),
        DescentDescription.plain(hyperparameters, steps),
        new ComputationDescription(kernels.precision().label(), kernels.device(), 1, 0));
  }

  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
    bare.close(CLOSE_TIMEOUT);
  }
}
