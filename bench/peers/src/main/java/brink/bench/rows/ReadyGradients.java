package brink.bench.rows;

import brink.schemas.Topic;
import brink.schemas.gradient.GradientEncoder;
import brink.trainer.descent.StepListener;
import brink.trainer.descent.StepRecord;
import brink.v1.GradientChunk;
import brink.v1.GradientEncoding;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * For every step the same bytes, which are ready: what any program would pay that sends as many of
 * them through Kafka's producer, on a thread of its own, and does nothing else for them.
 */
final class ReadyGradients implements StepListener, AutoCloseable {
  private final Producer<String, byte[]> producer;
  private final List<byte[]> chunks;
  private final Semaphore due = new Semaphore(0);
  private final Thread thread;

  /**
   * @param producer left open
   * @param dimension entries of a gradient
   * @param steps that will come
   */
  ReadyGradients(
      Producer<String, byte[]> producer, int dimension, GradientEncoding encoding, int steps) {
    this.producer = producer;
    chunks =
        GradientEncoder.chunks("bench", 0, new double[dimension], encoding).stream()
            .map(GradientChunk::toByteArray)
            .toList();
    thread = Thread.ofPlatform().name("ready-gradients").daemon().start(() -> send(steps));
  }

  private void send(int steps) {
    for (int i = 0; i < steps; i++) {
      due.acquireUninterruptibly();
      for (byte[] chunk : chunks) {
        var _ = producer.send(new ProducerRecord<>(Topic.GRADIENTS.topicName(), "bench", chunk));
      }
    }
    producer.flush();
  }

  @Override
  public void onStep(StepRecord step) {
    due.release();
  }

  /** Returns when Kafka has acknowledged everything. */
  @Override
  public void close() {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
