package brink.monitor.records;

import brink.monitor.catalogue.RecordedMessage;
import brink.schemas.ProtobufSerde;
import brink.schemas.Topic;
import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * The messages of some runs in one topic, by the key of their records; what cannot be read is in
 * brink.rejected, whole, and is passed over.
 *
 * @param <T> message of the topic
 */
public final class RunMessages<T extends Message> {
  private final RecordStore store;
  private final Topic topic;
  private final Deserializer<T> values;
  private final Set<String> runIds;

  /** Of these runs. */
  public RunMessages(
      RecordStore store, Topic topic, ProtobufSerde<T> serde, Collection<String> runIds) {
    this.store = store;
    this.topic = topic;
    this.values = serde.deserializer();
    this.runIds = new HashSet<>(runIds);
  }

  /** Hands over every message with the id of its run, in the topic's order. */
  public void forEach(BiConsumer<String, T> action) {
    store.read(
        topic,
        record -> {
          if (record.key() == null) {
            return;
          }
          String runId = new String(record.key(), StandardCharsets.UTF_8);
          if (runIds.contains(runId)) {
            RecordedMessage.of(values, record).ifPresent(message -> action.accept(runId, message));
          }
        });
  }

  /** All messages by run; a run without any has none. */
  public Map<String, List<T>> byRun() {
    Map<String, List<T>> byRun = new HashMap<>();
    runIds.forEach(runId -> byRun.put(runId, new ArrayList<>()));
    forEach((runId, message) -> byRun.getOrDefault(runId, new ArrayList<>()).add(message));
    return byRun;
  }
}
