package brink.monitor.intake;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * Kafka Streams' clients, with a {@link BoundedConsumer} for the topics that others write to. The
 * changelogs are the application's own.
 */
public final class BoundedClients implements KafkaClientSupplier {
  /** Those that are closed go with their threads. */
  private final Set<BoundedConsumer> consumers = Collections.newSetFromMap(new WeakHashMap<>());

  @Override
  public Admin getAdmin(Map<String, Object> config) {
    return Admin.create(config);
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    BoundedConsumer consumer = new BoundedConsumer(config);
    synchronized (consumers) {
      consumers.add(consumer);
    }
    return consumer;
  }

  /**
   * Makes every thread that reads fail with a {@link
   * org.apache.kafka.common.errors.WakeupException} soon, so that it is replaced by one with new
   * clients.
   */
  public void renew() {
    List<BoundedConsumer> present;
    synchronized (consumers) {
      present = List.copyOf(consumers);
      consumers.clear();
    }
    present.forEach(KafkaConsumer::wakeup);
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
    return unbounded(config);
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
    return unbounded(config);
  }

  private static Consumer<byte[], byte[]> unbounded(Map<String, Object> config) {
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    return new KafkaConsumer<>(config, bytes, bytes);
  }
}
