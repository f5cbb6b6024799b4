package brink.bench.rows;

import brink.schemas.KafkaSettings;
import brink.schemas.MessageSerializer;
import brink.schemas.Topic;
import brink.schemas.TopicCreation;
import brink.trainer.descent.CurvaturePoints;
import brink.trainer.descent.DescentSettings;
import brink.trainer.descent.GradientDescent;
import brink.trainer.descent.Hyperparameters;
import brink.trainer.descent.StepListener;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.Landscape;
import brink.trainer.publish.GradientCadence;
import brink.trainer.publish.PublishingThread;
import brink.trainer.publish.RunDescription;
import brink.trainer.publish.RunPublisher;
import brink.v1.RunStatus;
import com.google.protobuf.Message;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The same short run again and again, published or not; until Kafka has everything. */
final class PublishedRun implements AutoCloseable {
  private static final Hyperparameters HYPERPARAMETERS = new Hyperparameters(0.1, 3e-3);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);
  private static final short ONE_BROKER = 1;

  private final Landscape landscape;
  private final double[] weights;
  private final Sample sample;
  private final Producer<String, Message> producer;
  private int runs;

  PublishedRun(Network network, Sample sample, Kernels kernels, String bootstrapServers) {
    this.sample = sample;
    landscape = network.landscape(kernels, sample.on(kernels));
    weights = network.initialWeights();
    KafkaSettings kafka = KafkaSettings.of(bootstrapServers);
    TopicCreation.ensure(kafka, Topic.DEFAULT_PARTITIONS, ONE_BROKER);
    producer =
        new KafkaProducer<>(kafka.producer(), new StringSerializer(), new MessageSerializer());
  }

  /** Trains without publishing. */
  void train(int steps) {
    train(steps, _ -> {});
  }

  /** Trains and publishes; returns when Kafka has acknowledged all of it. */
  void trainAndPublish(int steps, GradientCadence gradients) {
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
      train(steps, publishing);
      publishing.drained().end(RunStatus.RUN_STATUS_COMPLETED, "");
    }
  }

  private void train(int steps, StepListener listener) {
    Kernels kernels = landscape.kernels();
    Tensor start = kernels.allocate(1, landscape.dimension());
    start.set(weights);
    DescentSettings settings =
        DescentSettings.of(HYPERPARAMETERS, steps).withCurvature(CurvaturePoints.NONE, 0);
    new GradientDescent(landscape, start, settings, System::nanoTime).run(listener, () -> false);
  }

  private RunDescription description(String runId, int steps) {
    Kernels kernels = landscape.kernels();
    return new RunDescription(
        runId,
        runId,
        "",
        Map.of(),
        "mlp-bn",
        "MLP-BN",
        "random",
        sample.size(),
        landscape.dimension(),
        landscape.dimension(),
        HYPERPARAMETERS.learningRate(),
        HYPERPARAMETERS.weightDecay(),
        kernels.precision().label(),
        kernels.device(),
        1,
        0,
        steps);
  }

  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
  }
}
