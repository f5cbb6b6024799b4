package brink.monitor.replay;

import brink.monitor.catalogue.RecordedMessage;
import brink.monitor.records.RecordStore;
import brink.monitor.run.RunFold;
import brink.schemas.BrinkSerdes;
import brink.schemas.Topic;
import brink.v1.RunEvent;
import brink.v1.RunStarted;
import brink.v1.StepObserved;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** The raw records of one run, wherever they lie: every partition is looked through. */
public final class RecordedRun {
  private final RecordStore store;
  private final byte[] key;
  private final List<ConsumerRecord<byte[], byte[]>> life;

  private RecordedRun(RecordStore store, byte[] key, List<ConsumerRecord<byte[], byte[]>> life) {
    this.store = store;
    this.key = key;
    this.life = life;
  }

  /**
   * Finds a run.
   *
   * @throws NoSuchElementException if no record of brink.runs belongs to it
   * @throws brink.schemas.KafkaSetupException if Kafka cannot be read
   */
  public static RecordedRun find(RecordStore store, String runId) {
    RecordedRun run = lookUp(store, runId);
    if (run.life.isEmpty()) {
      throw unknown(runId);
    }
    return run;
  }

  /**
   * The same for a run that may have no record of brink.runs, or none at all.
   *
   * @throws brink.schemas.KafkaSetupException if Kafka cannot be read
   */
  static RecordedRun lookUp(RecordStore store, String runId) {
    byte[] key = runId.getBytes(StandardCharsets.UTF_8);
    List<ConsumerRecord<byte[], byte[]>> life = new ArrayList<>();
    store.read(Topic.RUNS, ofKey(key, life::add));
    return new RecordedRun(store, key, life);
  }

  static NoSuchElementException unknown(String runId) {
    return new NoSuchElementException(
        "no run has the id '%s'; ./brink runs lists them".formatted(runId));
  }

  /** The run's records of brink.runs, in the order of the topic. */
  public List<ConsumerRecord<byte[], byte[]>> life() {
    return List.copyOf(life);
  }

  /** The first start among them that can be used. */
  Optional<RunStarted> started() {
    Deserializer<RunEvent> events = BrinkSerdes.runs().deserializer();
    return life.stream()
        .flatMap(record -> RecordedMessage.of(events, record).stream())
        .filter(RunEvent::hasStarted)
        .map(RunEvent::getStarted)
        .filter(started -> RunFold.check(started).isEmpty())
        .findFirst();
  }

  /** Hands over the run's records of brink.steps up to the present end, in the topic's order. */
  public void steps(Consumer<ConsumerRecord<byte[], byte[]>> action) {
    store.read(Topic.STEPS, ofKey(key, action));
  }

  /**
   * Hands over the run's records of brink.gradients up to the present end, in the topic's order.
   */
  void gradients(Consumer<ConsumerRecord<byte[], byte[]>> action) {
    store.read(Topic.GRADIENTS, ofKey(key, action));
  }

  /** Hands over the run's steps that can be read; the others are in brink.rejected, whole. */
  public void readableSteps(Consumer<StepObserved> action) {
    Deserializer<StepObserved> values = BrinkSerdes.steps().deserializer();
    steps(record -> RecordedMessage.of(values, record).ifPresent(action));
  }

  /** A count of its steps that knows its starts and ends. */
  public StepCount stepCount() {
    StepCount count = new StepCount();
    Deserializer<RunEvent> events = BrinkSerdes.runs().deserializer();
    for (ConsumerRecord<byte[], byte[]> record : life) {
      RecordedMessage.of(events, record).ifPresent(count::heard);
    }
    return count;
  }

  /** Hands over the run's records of brink.regimes, in the topic's order. */
  void regimes(Consumer<ConsumerRecord<byte[], byte[]>> action) {
    store.read(Topic.REGIMES, ofKey(key, action));
  }

  private static Consumer<ConsumerRecord<byte[], byte[]>> ofKey(
      byte[] key, Consumer<ConsumerRecord<byte[], byte[]>> action) {
    return record -> {
      if (Arrays.equals(record.key(), key)) {
        action.accept(record);
      }
    };
  }
}
