package brink.distribution.demo;

import brink.distribution.MadeUpRun;
import brink.schemas.KafkaSettings;
import brink.schemas.MessageSerializer;
import brink.schemas.Topic;
import brink.v1.RunEvent;
import brink.v1.StepObserved;
import com.google.protobuf.Message;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Publishes runs that climb to the edge within 300 steps, with a clock of its own. */
final class MadeUpProducer implements AutoCloseable {
  private final KafkaProducer<String, Message> producer;
  private final long clockError;

  /**
   * A producer.
   *
   * @param clockError by how much its clock is ahead, milliseconds
   */
  MadeUpProducer(KafkaSettings kafka, long clockError) {
    this(kafka.producer(), clockError);
  }

  private MadeUpProducer(Map<String, Object> settings, long clockError) {
    this.producer = new KafkaProducer<>(settings, new StringSerializer(), new MessageSerializer());
    this.clockError = clockError;
  }

  static MadeUpProducer transactional(KafkaSettings kafka) {
    Map<String, Object> settings = new HashMap<>(kafka.producer());
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "made-up");
    MadeUpProducer made = new MadeUpProducer(settings, 0);
    made.producer.initTransactions();
    return made;
  }

  /** What is sent within a transaction. */
  interface Sending {
    void run() throws InterruptedException, ExecutionException;
  }

  void transaction(Sending sending) throws InterruptedException, ExecutionException {
    producer.beginTransaction();
    sending.run();
    producer.commitTransaction();
  }

  void abortedTransaction(Sending sending) throws InterruptedException, ExecutionException {
    producer.beginTransaction();
    sending.run();
    producer.flush();
    producer.abortTransaction();
  }

  void start(String runId) throws InterruptedException, ExecutionException {
    send(Topic.RUNS, null, runId, started(runId));
  }

  void startIn(int partition, String runId) throws InterruptedException, ExecutionException {
    send(Topic.RUNS, partition, runId, started(runId));
  }

  void end(String runId, long lastStep) throws InterruptedException, ExecutionException {
    RunEvent.Builder event = RunEvent.newBuilder().setEnded(new MadeUpRun(runId).ended(lastStep));
    send(Topic.RUNS, null, runId, event.build());
  }

  /** Sends steps from one on, up to another. */
  void steps(String runId, int from, int to) {
    for (StepObserved step : new MadeUpRun(runId).steps(to).subList(from, to)) {
      var _ = producer.send(record(Topic.STEPS, null, runId, step));
    }
  }

  void stepIn(int partition, String runId, int t) {
    var _ =
        producer.send(
            record(Topic.STEPS, partition, runId, new MadeUpRun(runId).steps(t + 1).getLast()));
  }

  @Override
  public void close() {
    producer.close();
  }

  private void send(Topic topic, @Nullable Integer partition, String runId, Message message)
      throws InterruptedException, ExecutionException {
    var _ = producer.send(record(topic, partition, runId, message)).get();
  }

  private ProducerRecord<String, Message> record(
      Topic topic, @Nullable Integer partition, String runId, Message message) {
    long time = System.currentTimeMillis() + clockError;
    return new ProducerRecord<>(topic.topicName(), partition, time, runId, message);
  }

  private static RunEvent started(String runId) {
    return RunEvent.newBuilder().setStarted(new MadeUpRun(runId).started()).build();
  }
}
