package brink.quickstart.demo;

import brink.schemas.KafkaSettings;
import brink.schemas.MessageSerializer;
import brink.schemas.Topic;
import brink.v1.RunEnded;
import brink.v1.RunEvent;
import brink.v1.RunStarted;
import brink.v1.RunStatus;
import brink.v1.Sharpness;
import brink.v1.SharpnessPoint;
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
  private static final double RATE = 0.5;
  private static final double DECAY = 2e-3;
  private static final double INTRINSIC = RATE * DECAY;
  private static final int CLIMB = 300;

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
    RunEnded.Builder ended =
        RunEnded.newBuilder()
            .setRunId(runId)
            .setLastStep(lastStep)
            .setStatus(RunStatus.RUN_STATUS_COMPLETED);
    send(Topic.RUNS, null, runId, RunEvent.newBuilder().setEnded(ended).build());
  }

  /** Sends steps from one on, up to another. */
  void steps(String runId, int from, int to) {
    for (int t = from; t < to; t++) {
      var _ = producer.send(record(Topic.STEPS, null, runId, step(runId, t)));
    }
  }

  void stepIn(int partition, String runId, int t) {
    var _ = producer.send(record(Topic.STEPS, partition, runId, step(runId, t)));
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
    RunStarted.Builder started = RunStarted.newBuilder().setRunId(runId).setPrecision("float64");
    return RunEvent.newBuilder().setStarted(started).build();
  }

  private static StepObserved step(String runId, int t) {
    boolean edge = t >= CLIMB;
    double ratio = edge ? 1 + (t % 2 == 0 ? 0.05 : -0.05) : 0.3 + 0.7 * t / CLIMB;
    double norm = normSquared(t);
    double effective = RATE / ((1 - INTRINSIC) * norm);
    double angle = Math.sqrt(angleSquared(t));
    double gradient = angle / (effective * Math.sqrt(norm));
    return StepObserved.newBuilder()
        .setRunId(runId)
        .setStep(t)
        .setLoss(1)
        .setWeightNormSquared(norm)
        .setGradientNormSquared(gradient * gradient)
        .setLearningRate(RATE)
        .setWeightDecay(DECAY)
        .setGradientCosine(edge ? -0.98 : 0.5)
        .addSharpness(
            Sharpness.newBuilder()
                .setPoint(SharpnessPoint.SHARPNESS_POINT_MIDPOINT)
                .addEigenvalues(2 * ratio / effective)
                .addResiduals(1e-6))
        .build();
  }

  private static double angleSquared(int t) {
    return t >= CLIMB ? 1.6 * INTRINSIC : 1e-6;
  }

  /** By the norm ledger. */
  private static double normSquared(int t) {
    double shrink = (1 - INTRINSIC) * (1 - INTRINSIC);
    int calm = Math.min(t, CLIMB);
    return 64
        * Math.pow(shrink, t)
        * Math.pow(1 + 1e-6, calm)
        * Math.pow(1 + 1.6 * INTRINSIC, t - calm);
  }
}
